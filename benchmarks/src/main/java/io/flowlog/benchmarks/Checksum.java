package io.flowlog.benchmarks;

/** The answer that every contender must give: the numbers of a record, each with a weight of its own; absent is 0. */
final class Checksum {
    private Checksum() {}

    static long of(long srcport, long dstport, long packets, long bytes, long start, long end) {
        return packets + 3 * bytes + 5 * srcport + 7 * dstport + 11 * start + 13 * end;
    }
}
