package io.flowlog.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.flowlog.sink.http.SourceId;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Log events as a subscription filter of CloudWatch Logs delivers them (Amazon CloudWatch Logs User Guide, "Real-time
 * processing of log data with subscriptions"). A control message, which only checks the destination, has none.
 */
record LogBatch(String owner, String logGroup, String logStream, boolean isControl, LogLines lines) {
    /** CloudWatch Logs sends at most 1 MiB of compressed data. */
    static final int MAX_JSON_BYTES = 32 * 1024 * 1024;

    /** A log event has at most 1 MiB, which JSON can escape. */
    private static final int MAX_MESSAGE_CHARS = 2 * 1024 * 1024;

    private static final int MAX_DEPTH = 64;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] AGGREGATED = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_JSON_BYTES)
                    .maxStringLength(MAX_MESSAGE_CHARS)
                    .maxNestingDepth(MAX_DEPTH)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** Decodes base64 of gzip of JSON. */
    static LogBatch decode(String base64) throws LogDataException {
        return gunzip(base64Decoded(base64));
    }

    static byte[] base64Decoded(String base64) throws LogDataException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new LogDataException("the data is not base64");
        }
    }

    static boolean isGzip(byte[] data) {
        return startsWith(data, GZIP);
    }

    private static LogBatch gunzip(byte[] data) throws LogDataException {
        if (startsWith(data, AGGREGATED)) {
            throw new LogDataException(
                    "the record was aggregated by the Kinesis Producer Library, which is not supported");
        }
        if (!isGzip(data)) {
            throw new LogDataException("the data is not gzip");
        }
        return explained(() -> {
            try (InputStream in = gunzipped(data)) {
                return read(in);
            }
        });
    }

    /** Something that decodes data. */
    interface Decoding<T> {
        T decode() throws IOException;
    }

    /** The result of a decoding, or an exception that says why there is none. */
    static <T> T explained(Decoding<T> decoding) throws LogDataException {
        try {
            return decoding.decode();
        } catch (EOFException e) {
            throw new LogDataException("the gzip data ends early");
        } catch (ZipException e) {
            throw new LogDataException("the gzip data is damaged");
        } catch (LogDataException e) {
            throw e;
        } catch (StreamConstraintsException e) {
            throw new LogDataException("the log events exceed the limits: " + MAX_JSON_BYTES + " bytes of JSON, "
                    + MAX_MESSAGE_CHARS + " characters in a message");
        } catch (JsonProcessingException e) {
            throw new LogDataException("the data is not valid JSON");
        } catch (IOException e) {
            throw new LogDataException(
                    "the data cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** The decompressed data, which is no gzip again. */
    static InputStream gunzipped(byte[] data) throws IOException {
        PushbackInputStream in =
                new PushbackInputStream(new GZIPInputStream(new ByteArrayInputStream(data)), GZIP.length);
        byte[] first = in.readNBytes(GZIP.length);
        if (isGzip(first)) {
            throw new LogDataException("gzip inside gzip is not supported");
        }
        in.unread(first);
        return in;
    }

    private static boolean startsWith(byte[] data, byte[] magic) {
        return data.length >= magic.length && Arrays.equals(data, 0, magic.length, magic, 0, magic.length);
    }

    /** Reads JSON within the limits. */
    static JsonParser parser(InputStream json) throws IOException {
        return FACTORY.createParser(json);
    }

    /** Reads one JSON object, to the end of the stream. */
    static LogBatch read(InputStream json) throws IOException {
        try (JsonParser parser = parser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new LogDataException("the decompressed data is not a JSON object");
            }
            LogBatch batch = new Reader(parser).batch();
            if (parser.nextToken() != null) {
                throw new LogDataException("the decompressed data has more than one JSON object");
            }
            return batch;
        }
    }

    /** How log lines and answers name the events. */
    String name() {
        return "log group " + logGroup + ", stream " + logStream;
    }

    /** The source of the records, whose ids are those of the log events. */
    SourceId sourceId() throws LogDataException {
        return sourceId(name(), owner + '\0' + logGroup + '\0' + logStream, lines);
    }

    static SourceId sourceId(String name, String stream, LogLines lines) throws LogDataException {
        try {
            return SourceId.ofRecords(name, stream, lines.ids());
        } catch (IllegalArgumentException e) {
            throw new LogDataException("an id is not supported: " + e.getMessage());
        }
    }

    /** Reads the members in any order. Members that AWS adds are skipped. */
    private static final class Reader {
        private final JsonParser parser;
        private final LogLines lines = new LogLines();
        private @Nullable String type;
        private @Nullable String owner;
        private @Nullable String group;
        private @Nullable String stream;
        private boolean hasEvents;

        Reader(JsonParser parser) {
            this.parser = parser;
        }

        LogBatch batch() throws IOException {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("logEvents") && value == JsonToken.START_ARRAY) {
                    events();
                } else if (value == JsonToken.VALUE_STRING) {
                    text(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
            if ("CONTROL_MESSAGE".equals(type)) {
                return new LogBatch("", "", "", true, new LogLines());
            }
            if (!"DATA_MESSAGE".equals(type)) {
                throw new LogDataException("the data is not of CloudWatch Logs: its messageType is neither DATA_MESSAGE"
                        + " nor CONTROL_MESSAGE");
            }
            if (owner == null || group == null || stream == null || !hasEvents) {
                throw new LogDataException("the data lacks owner, logGroup, logStream or logEvents");
            }
            return new LogBatch(owner, group, stream, false, lines);
        }

        private void text(String name, String value) {
            switch (name) {
                case "messageType" -> type = value;
                case "owner" -> owner = value;
                case "logGroup" -> group = value;
                case "logStream" -> stream = value;
                default -> {
                    // of no use here
                }
            }
        }

        private void events() throws IOException {
            hasEvents = true;
            JsonToken token = parser.nextToken();
            while (token != JsonToken.END_ARRAY) {
                if (token != JsonToken.START_OBJECT) {
                    throw new LogDataException("a log event is not an object");
                }
                event();
                token = parser.nextToken();
            }
        }

        private void event() throws IOException {
            String id = null;
            String message = null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING && name.equals("id")) {
                    id = parser.getText();
                } else if (value == JsonToken.VALUE_STRING && name.equals("message")) {
                    message = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            if (id == null || message == null) {
                throw new LogDataException("a log event has no id or no message");
            }
            lines.add(id, message);
        }
    }
}
