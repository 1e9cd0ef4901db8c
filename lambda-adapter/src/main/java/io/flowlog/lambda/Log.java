package io.flowlog.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Log lines as JSON objects, one a line, each written with one call so that lines of several threads do not mix. Text
 * from outside (keys, fields, what a lake says) can only stand inside a JSON string: escaped, ASCII, and cut where it is
 * long.
 */
final class Log {
    /** Longest text of one field, in characters. */
    static final int MAX_CHARS = 1024;

    enum Level {
        INFO,
        WARN,
        ERROR
    }

    /** The request that the current thread works for, for lines that libraries log. */
    private static final ThreadLocal<@Nullable String> REQUEST = new ThreadLocal<>();

    private final PrintStream out;
    private final Clock clock;

    Log(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    static Log standard() {
        return new Log(System.out, Clock.systemUTC());
    }

    static void enter(@Nullable String requestId) {
        REQUEST.set(requestId);
    }

    static void leave() {
        REQUEST.remove();
    }

    Line info(String message) {
        return new Line(Level.INFO, message);
    }

    Line warn(String message) {
        return new Line(Level.WARN, message);
    }

    Line error(String message) {
        return new Line(Level.ERROR, message);
    }

    Line line(Level level, String message) {
        return new Line(level, message);
    }

    long now() {
        return clock.millis();
    }

    /** One line being put together. */
    final class Line {
        private final Map<String, Object> fields = new LinkedHashMap<>();

        private Line(Level level, String message) {
            fields.put("timestamp", clock.instant().toString());
            fields.put("level", level.name());
            fields.put("message", message);
            with("requestId", REQUEST.get());
        }

        Line with(String name, @Nullable String value) {
            if (value != null) {
                fields.put(name, value);
            }
            return this;
        }

        Line with(String name, long value) {
            fields.put(name, value);
            return this;
        }

        void write() {
            Log.this.write(fields);
        }
    }

    /** Writes a map of strings, longs, lists and maps as one line. */
    void write(Map<String, ?> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
            json.enable(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature());
            value(json, fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes.write('\n');
        byte[] line = bytes.toByteArray();
        out.write(line, 0, line.length);
        out.flush();
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> members) {
            json.writeStartObject();
            for (Map.Entry<?, ?> member : members.entrySet()) {
                json.writeFieldName(String.valueOf(member.getKey()));
                value(json, member.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> elements) {
            json.writeStartArray();
            for (Object element : elements) {
                value(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else {
            json.writeString(capped(String.valueOf(value), MAX_CHARS));
        }
    }

    static String capped(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars;
        return text.substring(0, end) + "...";
    }
}
