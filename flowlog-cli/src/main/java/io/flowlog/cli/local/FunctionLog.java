package io.flowlog.cli.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the function's log: the numbers in its lines in CloudWatch's embedded metric format, and why objects failed.
 * Safe for use by several threads.
 */
final class FunctionLog implements Consumer<String> {
    private static final JsonFactory JSON = new JsonFactory();

    private final Consumer<String> next;
    private final Map<String, Long> sums = new HashMap<>();
    private int lines;
    private @Nullable Failure failure;

    /**
     * The content of an {@code object_failed} line.
     *
     * @param reason one of the reason codes of docs/operations.md
     * @param error a sentence for people
     */
    record Failure(String reason, String error) {}

    /** A log that passes every line on. */
    FunctionLog(Consumer<String> next) {
        this.next = next;
    }

    @Override
    public void accept(String line) {
        next.accept(line);
        if (line.startsWith("{") && line.contains("\"_aws\"")) {
            add(line);
        } else if (line.startsWith("{") && line.contains("\"object_failed\"")) {
            note(line);
        }
    }

    private synchronized void note(String line) {
        Map<String, String> texts = new HashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    texts.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            next.accept("this log line cannot be read: " + e.getMessage());
        }
        String reason = texts.get("reason");
        String error = texts.get("error");
        if ("object_failed".equals(texts.get("message")) && reason != null && error != null) {
            failure = new Failure(reason, error);
        }
    }

    /** Why the last object failed, once; null if none has failed since the last call. */
    synchronized @Nullable Failure takeFailure() {
        Failure last = failure;
        failure = null;
        return last;
    }

    private synchronized void add(String line) {
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_NUMBER_INT) {
                    sums.merge(name, json.getLongValue(), Long::sum);
                } else {
                    json.skipChildren();
                }
            }
            lines++;
            notifyAll();
        } catch (IOException e) {
            next.accept("this metric line cannot be read: " + e.getMessage());
        }
    }

    /**
     * The sum of a metric over all invocations so far.
     *
     * @return 0 if it was never reported
     */
    synchronized long sum(String metric) {
        return sums.getOrDefault(metric, 0L);
    }

    /** The number of invocations that have reported their numbers. */
    synchronized int invocations() {
        return lines;
    }

    /** Waits until this many invocations have reported their numbers. The log arrives shortly after the answer. */
    synchronized void await(int invocations, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (lines < invocations) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }
}
