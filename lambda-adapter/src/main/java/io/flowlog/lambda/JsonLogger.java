package io.flowlog.lambda;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/**
 * Writes a log event as a JSON object: time, level, message, the members of the MDC, then the key-value pairs. For an
 * exception it writes the class and the place where it was thrown, but not the message, which can contain secrets.
 */
final class JsonLogger extends LegacyAbstractLogger implements LoggingEventAware {
    private static final long serialVersionUID = 1L;
    private static final String OURS = "io.flowlog";
    private static final String FUNCTION = "io.flowlog.lambda";
    private static final int FRAMES = 12;

    JsonLogger(String name) {
        this.name = name;
    }

    @Override
    public void log(LoggingEvent event) {
        write(
                event.getLevel(),
                event.getMessage(),
                event.getArgumentArray(),
                event.getKeyValuePairs(),
                event.getThrowable());
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        write(level, pattern, arguments, null, thrown);
    }

    private void write(
            Level level,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable List<KeyValuePair> pairs,
            @Nullable Throwable thrown) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("timestamp", Instant.now().toString());
        line.put("level", level.name());
        line.put("message", MessageFormatter.basicArrayFormat(pattern, arguments));
        Map<String, String> context = MDC.getCopyOfContextMap();
        if (context != null) {
            line.putAll(context);
        }
        if (!name.startsWith(FUNCTION)) {
            line.put("logger", name);
        }
        if (thrown != null) {
            line.put("error", thrown.getClass().getName());
            line.put("stack", stack(thrown));
        }
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                if (pair.value != null) {
                    line.put(pair.key, pair.value);
                }
            }
        }
        JsonLine.write(line);
    }

    private static String stack(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" at ", "at ", ""));
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return name.startsWith(OURS);
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }
}
