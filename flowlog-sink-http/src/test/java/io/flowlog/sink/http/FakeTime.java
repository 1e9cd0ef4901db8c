package io.flowlog.sink.http;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still but for the waits, which it remembers and does not wait for. */
final class FakeTime implements Time {
    static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    final List<Long> waits = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos.get());
    }

    void pass(long someNanos) {
        nanos.addAndGet(someNanos);
    }

    @Override
    public boolean await(CountDownLatch latch, long someNanos) {
        waits.add(someNanos);
        pass(someNanos);
        return latch.getCount() == 0;
    }
}
