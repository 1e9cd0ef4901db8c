package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogCounts;

/** What one call of {@code send} has read. The reader may have been used before the call. */
record SourceCounts(long lines, long records, long malformed, long bytes) {
    static SourceCounts between(FlowLogCounts before, FlowLogCounts now) {
        return new SourceCounts(
                now.lines() - before.lines(),
                now.records() - before.records(),
                now.malformed() - before.malformed(),
                now.bytes() - before.bytes());
    }

    /** Malformed lines divided by records and malformed lines; 0 if there are neither. */
    double malformedRatio() {
        return (double) malformed / Math.max(1, malformed + records);
    }
}
