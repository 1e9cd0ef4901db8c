package io.flowlog.benchmarks;

import java.io.OutputStream;

/** Forgets what it gets, and counts it. */
final class CountingOutput extends OutputStream {
    long count;

    @Override
    public void write(int b) {
        count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        count += length;
    }
}
