package io.flowlog.sink.http;

import io.flowlog.sink.http.DeliveryException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The headers that the user has set. Refreshable headers are read before the first request, and again if the lake rejects
 * them, once for all waiting requests. Safe for use by several threads.
 */
final class LakeHeaders {
    /** How often a thread that waits for values looks whether its call has ended. */
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** A header and where its value comes from. */
    record Header(String name, Supplier<String> value, boolean refreshable) {}

    /** The values of all headers at one time. */
    static final class Reading {
        private final List<String> namesAndValues;
        private volatile boolean accepted;

        Reading(List<String> namesAndValues) {
            this.namesAndValues = List.copyOf(namesAndValues);
        }

        List<String> namesAndValues() {
            return namesAndValues;
        }

        /** The lake has accepted a request with these values. */
        void accept() {
            accepted = true;
        }

        boolean accepted() {
            return accepted;
        }
    }

    /** The value of a refreshable header is not available, or cannot be the value of a header. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Failure failure;

        UnreadableException(Failure failure) {
            super(failure.text(), failure.cause());
            this.failure = failure;
        }

        Failure failure() {
            return failure;
        }
    }

    private final List<Header> headers;
    private final boolean refreshable;
    private final Redactor redactor;
    private final Executor executor;
    /** The values, or the read that is under way; guarded by this. */
    private @Nullable CompletableFuture<Reading> current;

    /**
     * Headers that have not been read.
     *
     * @param executor calls the suppliers, so that a slow one does not delay a request beyond its deadline
     */
    LakeHeaders(List<Header> headers, Redactor redactor, Executor executor) {
        this.headers = List.copyOf(headers);
        this.refreshable = headers.stream().anyMatch(Header::refreshable);
        this.redactor = redactor;
        this.executor = executor;
    }

    /** The view of one call of {@code send}. */
    Call newCall() {
        return new Call();
    }

    /** One call's view of the headers: it refreshes only values that it began with or that have worked before. */
    final class Call {
        private @Nullable Reading first;

        /** Waits for the values, but not beyond the end of the call. */
        Reading current(CallClock clock) throws UnreadableException, InterruptedException {
            Reading values = await(read(), clock);
            synchronized (this) {
                if (first == null) {
                    first = values;
                }
            }
            return values;
        }

        /** Whether there can be fresher values than those that the lake refused. */
        synchronized boolean mayRefresh(Reading refused) {
            return refreshable && (refused == first || refused.accepted());
        }

        /** Waits for values that are newer than those refused, which another request may have read meanwhile. */
        void after(Reading refused, CallClock clock) throws UnreadableException, InterruptedException {
            await(readAfter(refused), clock);
        }
    }

    private static Reading await(CompletableFuture<Reading> reading, CallClock clock)
            throws UnreadableException, InterruptedException {
        while (true) {
            try {
                return reading.get(Math.max(0, Math.min(WAIT_NANOS, clock.nanosLeft())), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (clock.stopped()) {
                    throw new UnreadableException(Failure.STOPPED);
                }
                if (clock.nanosLeft() <= 0) {
                    throw new UnreadableException(new Failure(
                            Reason.TIMEOUT, "the timeout expired while the values of the headers were read"));
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnreadableException unreadable) {
                    throw unreadable;
                }
                throw new IllegalStateException("reading the headers failed", e.getCause());
            }
        }
    }

    private synchronized CompletableFuture<Reading> readAfter(Reading refused) {
        if (current != null && current.getNow(null) == refused) {
            current = null;
        }
        return read();
    }

    private synchronized CompletableFuture<Reading> read() {
        CompletableFuture<Reading> reading = current;
        if (reading == null) {
            reading = new CompletableFuture<>();
            current = reading;
            start(reading);
        }
        return reading;
    }

    private void start(CompletableFuture<Reading> reading) {
        if (!refreshable) {
            readInto(reading);
            return;
        }
        try {
            executor.execute(() -> readInto(reading));
        } catch (RejectedExecutionException e) {
            fail(reading, new UnreadableException(Failure.CLOSED));
        }
    }

    private void readInto(CompletableFuture<Reading> reading) {
        try {
            List<String> values = new ArrayList<>();
            for (Header header : headers) {
                String value = read(header);
                redactor.learn(value);
                values.add(header.name());
                values.add(value);
            }
            reading.complete(new Reading(values));
        } catch (UnreadableException | RuntimeException | Error e) {
            fail(reading, e);
        }
    }

    /** All requests that wait share the failure; the next one reads again. */
    private void fail(CompletableFuture<Reading> reading, Throwable why) {
        synchronized (this) {
            if (current == reading) {
                current = null;
            }
        }
        reading.completeExceptionally(why);
    }

    private String read(Header header) throws UnreadableException {
        String value;
        try {
            value = header.value().get();
        } catch (RuntimeException e) {
            Throwable cause = redactor.isClean(e) ? e : null;
            String text = "the value of header " + header.name() + " could not be read";
            throw new UnreadableException(new Failure(Reason.HEADER_UNAVAILABLE, text, 0, cause));
        }
        try {
            return HeaderRules.checkValue(header.name(), value);
        } catch (InvalidSettingException e) {
            throw new UnreadableException(new Failure(Reason.AUTH, String.valueOf(e.getMessage())));
        }
    }
}
