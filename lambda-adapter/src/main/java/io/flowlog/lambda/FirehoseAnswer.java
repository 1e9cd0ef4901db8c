package io.flowlog.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The answer to Firehose, which has each record once, in the order of the event, and is never larger than Lambda allows. The
 * place of records that come later is kept: each of them fits at least as it came.
 */
final class FirehoseAnswer {
    /** What a synchronous invocation can answer: 6 MB. */
    static final int MAX_BYTES = 6 * 1024 * 1024;

    /** {@code {"records":[]}}. */
    private static final int AROUND_ALL = 14;

    /** {@code {"recordId":"","result":"","data":""},}. */
    private static final int AROUND_ONE = 40;

    private static final JsonFactory FACTORY = new JsonFactory();

    /** The results that AWS documents. */
    enum Result {
        OK("Ok"),
        DROPPED("Dropped"),
        PROCESSING_FAILED("ProcessingFailed");

        private final String text;

        Result(String text) {
            this.text = text;
        }
    }

    private record Line(String recordId, Result result, String base64) {}

    private final List<Line> lines = new ArrayList<>();
    private long bytes;

    FirehoseAnswer(List<FirehoseEvent.Item> records) {
        bytes = AROUND_ALL;
        for (FirehoseEvent.Item record : records) {
            bytes += size(record, Result.PROCESSING_FAILED, quotedLength(record.base64()));
        }
    }

    /** False if the answer would be too large even if every record stays as it came. */
    boolean isPossible() {
        return bytes <= MAX_BYTES;
    }

    /** The most bytes of data that fit for a record, before base64. */
    long room(FirehoseEvent.Item record) {
        long left = MAX_BYTES - bytes + change(record, Result.OK, 0);
        return left / 4 * 3;
    }

    private static long change(FirehoseEvent.Item record, Result result, long data) {
        return size(record, Result.PROCESSING_FAILED, quotedLength(record.base64())) - size(record, result, data);
    }

    /** The record was transformed into these bytes, no more than {@link #room}. */
    void ok(FirehoseEvent.Item record, byte[] data) {
        String base64 = Base64.getEncoder().encodeToString(data);
        bytes -= change(record, Result.OK, base64.length());
        lines.add(new Line(record.recordId(), Result.OK, base64));
    }

    /** The record stays as it came: Firehose expects data with every result. */
    void unchanged(FirehoseEvent.Item record, Result result) {
        bytes -= change(record, result, quotedLength(record.base64()));
        lines.add(new Line(record.recordId(), result, record.base64()));
    }

    private static long size(FirehoseEvent.Item record, Result result, long data) {
        return AROUND_ONE + quotedLength(record.recordId()) + result.text.length() + data;
    }

    private static long quotedLength(String text) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(text).length;
    }

    void write(OutputStream out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeArrayFieldStart("records");
            for (Line line : lines) {
                json.writeStartObject();
                json.writeStringField("recordId", line.recordId);
                json.writeStringField("result", line.result.text);
                json.writeStringField("data", line.base64);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.flush();
    }
}
