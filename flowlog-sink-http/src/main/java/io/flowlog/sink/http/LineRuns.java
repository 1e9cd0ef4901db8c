package io.flowlog.sink.http;

import java.util.Arrays;

/** The physical line numbers of a batch's records, as runs of consecutive lines. */
final class LineRuns {
    private long[] firsts = new long[4];
    private int[] counts = new int[4];
    private int runs;
    private int records;

    void add(long line) {
        add(line, 1);
    }

    private void add(long first, int count) {
        records += count;
        if (runs > 0 && firsts[runs - 1] + counts[runs - 1] == first) {
            counts[runs - 1] += count;
            return;
        }
        if (runs == firsts.length) {
            firsts = Arrays.copyOf(firsts, runs * 2);
            counts = Arrays.copyOf(counts, runs * 2);
        }
        firsts[runs] = first;
        counts[runs++] = count;
    }

    int records() {
        return records;
    }

    long first() {
        return firsts[0];
    }

    long last() {
        return firsts[runs - 1] + counts[runs - 1] - 1;
    }

    /** The line of a record, by its number from 0. */
    long line(int record) {
        int before = 0;
        int run = 0;
        while (record - before >= counts[run]) {
            before += counts[run++];
        }
        return firsts[run] + record - before;
    }

    /** The lines of the records {@code from} (inclusive) to {@code to} (exclusive). */
    LineRuns slice(int from, int to) {
        LineRuns slice = new LineRuns();
        int before = 0;
        for (int run = 0; run < runs; run++) {
            int low = Math.max(from - before, 0);
            int high = Math.min(to - before, counts[run]);
            if (low < high) {
                slice.add(firsts[run] + low, high - low);
            }
            before += counts[run];
        }
        return slice;
    }
}
