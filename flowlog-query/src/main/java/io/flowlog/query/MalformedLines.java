package io.flowlog.query;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Counts the lines that cannot be read, and reports the first ones of each input. If a query reads an input several times, a
 * line counts once. Safe for use by several threads.
 */
final class MalformedLines {
    private final Consumer<String> report;
    private final Map<String, Input> inputs = new LinkedHashMap<>();

    /** The malformed lines of one input, in the order of their numbers. */
    interface OfInput {
        void add(long lineNumber, String message);
    }

    /**
     * A report of all inputs.
     *
     * @param report receives one line of text at a time
     */
    MalformedLines(Consumer<String> report) {
        this.report = report;
    }

    synchronized OfInput of(FlowInput input) {
        return inputs.computeIfAbsent(input.name(), name -> new Input(name));
    }

    synchronized long count() {
        return inputs.values().stream().mapToLong(Input::count).sum();
    }

    /** Reports how many lines of each input were not reported in full. Call it once, at the end. */
    synchronized void finish() {
        inputs.values().forEach(Input::finish);
    }

    private final class Input implements OfInput {
        private final io.flowlog.cli.shared.MalformedLines lines;
        private long last;

        Input(String name) {
            lines = new io.flowlog.cli.shared.MalformedLines(report, name);
        }

        @Override
        public synchronized void add(long lineNumber, String message) {
            if (lineNumber > last) {
                last = lineNumber;
                lines.add(message);
            }
        }

        synchronized long count() {
            return lines.count();
        }

        synchronized void finish() {
            lines.finish();
        }
    }
}
