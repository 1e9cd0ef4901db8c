package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogCounts;

/** What a reader has counted since a delivery began; it may have been read from before. */
record ReadSoFar(long lines, long records, long malformed, long bytes) {
    static ReadSoFar between(FlowLogCounts before, FlowLogCounts now) {
        return new ReadSoFar(
                now.lines() - before.lines(),
                now.records() - before.records(),
                now.malformed() - before.malformed(),
                now.bytes() - before.bytes());
    }

    /** Malformed lines among those that should have been records; 0 when there were none. */
    double malformedRatio() {
        return (double) malformed / Math.max(1, malformed + records);
    }
}
