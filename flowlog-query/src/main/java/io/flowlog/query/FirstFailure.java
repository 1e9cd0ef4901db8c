package io.flowlog.query;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What went wrong in a scan: DuckDB hands on only the text of an exception. Safe for use by several threads. */
final class FirstFailure {
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    void set(Throwable failure) {
        first.compareAndSet(null, failure);
    }

    /** The first failure since the last call, or null. */
    @Nullable
    Throwable take() {
        return first.getAndSet(null);
    }
}
