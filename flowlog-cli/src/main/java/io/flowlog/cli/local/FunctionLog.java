package io.flowlog.cli.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads the numbers out of the function's log: its lines in CloudWatch's embedded metric format. Safe for use by several
 * threads.
 */
final class FunctionLog implements Consumer<String> {
    private static final JsonFactory JSON = new JsonFactory();

    private final Consumer<String> next;
    private final Map<String, Long> sums = new HashMap<>();
    private int lines;

    /** A log that hands every line on. */
    FunctionLog(Consumer<String> next) {
        this.next = next;
    }

    @Override
    public void accept(String line) {
        next.accept(line);
        if (line.startsWith("{") && line.contains("\"_aws\"")) {
            add(line);
        }
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
            next.accept("not a metric line after all: " + e.getMessage());
        }
    }

    /**
     * The sum of a metric over all invocations so far.
     *
     * @return 0 when it was never told
     */
    synchronized long sum(String metric) {
        return sums.getOrDefault(metric, 0L);
    }

    /** How many invocations have told their numbers. */
    synchronized int invocations() {
        return lines;
    }

    /** Waits until so many invocations have told their numbers: the log arrives a moment after the answer. */
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
