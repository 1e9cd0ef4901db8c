package io.flowlog.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.flowlog.sink.http.SourceId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The lines in a record of Firehose. VPC Flow Logs sends lines, or JSON objects with a line as their {@code message}. A
 * subscription filter of CloudWatch Logs sends log events as JSON, compressed unless Firehose decompresses them.
 */
final class FirehoseData {
    private final FirehoseEvent.Item record;
    private final String deliveryStream;

    FirehoseData(FirehoseEvent.Item record, String deliveryStream) {
        this.record = record;
        this.deliveryStream = deliveryStream;
    }

    /** Lines with the ids of their records. */
    record Lines(SourceId source, LogLines lines, int bytesIn) {}

    /** Decodes the record. */
    Lines decode() throws LogDataException {
        byte[] stored = LogBatch.base64Decoded(record.base64());
        return LogBatch.explained(() -> {
            byte[] data = LogBatch.isGzip(stored) ? gunzipped(stored) : stored;
            LogBatch batch = isJson(data) ? logEvents(data) : null;
            if (batch != null) {
                return new Lines(batch.sourceId(), batch.lines(), stored.length);
            }
            LogLines lines = new LogLines();
            if (isJson(data)) {
                messages(data, lines);
            } else {
                lines.addAll(record.recordId() + "-", data);
            }
            return new Lines(
                    LogBatch.sourceId("Firehose record " + record.recordId(), deliveryStream, lines),
                    lines,
                    stored.length);
        });
    }

    private static byte[] gunzipped(byte[] stored) throws IOException {
        byte[] data = LogBatch.gunzipped(stored).readNBytes(LogBatch.MAX_JSON_BYTES + 1);
        if (data.length > LogBatch.MAX_JSON_BYTES) {
            throw new LogDataException("more than " + LogBatch.MAX_JSON_BYTES + " decompressed bytes");
        }
        return data;
    }

    private static boolean isJson(byte[] data) {
        int first = 0;
        while (first < data.length && (data[first] == ' ' || data[first] == '\n' || data[first] == '\r')) {
            first++;
        }
        return first < data.length && data[first] == '{';
    }

    /** The log events, or null if the objects are not of CloudWatch Logs. */
    private static @Nullable LogBatch logEvents(byte[] data) throws IOException {
        try (JsonParser parser = LogBatch.parser(new ByteArrayInputStream(data))) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (parser.currentName().equals("messageType")) {
                    return LogBatch.read(new ByteArrayInputStream(data));
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return null;
        }
    }

    /** JSON objects that each hold a line. */
    private void messages(byte[] data, LogLines lines) throws IOException {
        int number = 0;
        try (JsonParser parser = LogBatch.parser(new ByteArrayInputStream(data))) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw new LogDataException("the data is neither lines nor JSON objects");
                }
                String message = null;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    JsonToken value = parser.nextToken();
                    if (value == JsonToken.VALUE_STRING && name.equals("message")) {
                        message = parser.getText();
                    } else {
                        parser.skipChildren();
                    }
                }
                if (message == null) {
                    throw new LogDataException("a JSON object in the data has no message");
                }
                lines.add(record.recordId() + "-" + ++number, message);
            }
        }
    }
}
