package io.flowlog.parser;

import org.jspecify.annotations.Nullable;

/** Tests rows, and keeps the filter as it was bound to the latest formats. For one thread. */
final class FilterEvaluator {
    /** Enough for a thread that reads several files in turn. */
    private static final int KEPT = 8;

    private final FilterExpression expression;
    private final ColumnBuffer buffer = new ColumnBuffer();
    private final @Nullable FlowLogFormat[] formats = new FlowLogFormat[KEPT];
    private final RowTest[] tests = new RowTest[KEPT];
    private int oldest;

    private @Nullable FlowLogFormat format;
    private RowTest test = RowTest.NEVER;

    FilterEvaluator(FilterExpression expression) {
        this.expression = expression;
    }

    boolean test(FlowLogRow row) {
        FlowLogFormat current = row.format();
        if (current != format) {
            use(current);
        }
        buffer.nextRow();
        return test.test(row, buffer);
    }

    /** Makes this format the one to test; throws if the filter does not suit it. */
    void use(FlowLogFormat next) {
        if (next == format) {
            return;
        }
        for (int i = 0; i < KEPT; i++) {
            if (next == formats[i]) {
                test = tests[i];
                format = next;
                return;
            }
        }
        test = expression.bind(next);
        format = next;
        formats[oldest] = next;
        tests[oldest] = test;
        oldest = (oldest + 1) % KEPT;
    }
}
