package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogCounts;

/**
 * What one call of {@code send} has read. The reader may have been used before the call.
 *
 * @param records valid records, those included that the reader's own filter did not keep
 * @param filtered those that the reader's own filter did not keep
 */
record SourceCounts(long lines, long records, long filtered, long malformed, long bytes) {
    static SourceCounts between(FlowLogCounts before, FlowLogCounts now) {
        return new SourceCounts(
                now.lines() - before.lines(),
                now.records() - before.records() + now.filtered() - before.filtered(),
                now.filtered() - before.filtered(),
                now.malformed() - before.malformed(),
                now.bytes() - before.bytes());
    }

    /** Malformed lines divided by records and malformed lines; 0 if there are neither. */
    double malformedRatio() {
        return (double) malformed / Math.max(1, malformed + records);
    }
}
