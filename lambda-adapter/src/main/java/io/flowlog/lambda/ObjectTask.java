package io.flowlog.lambda;

import io.flowlog.lambda.Metrics.Metric;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The delivery of an object, or of log events, in a lane. It has exactly one outcome, which is logged and counted once: that of the lane, or
 * {@link WorkDelivery#unfinished()} if the invocation must answer first.
 */
final class ObjectTask {
    private final InvocationScope scope;
    private final Work work;
    private final WorkDelivery delivery;
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
    /** Used by the thread of the invocation only. */
    private @Nullable Future<?> future;

    ObjectTask(InvocationScope scope, Work work) {
        this.scope = scope;
        this.work = work;
        this.delivery = work.delivery(scope);
    }

    Work work() {
        return work;
    }

    /** The announced size. It is -1, and so the work counts as small, if the event does not contain it. */
    long size() {
        return work.size();
    }

    void start(ExecutorService lane, @Nullable String requestId) {
        future = lane.submit(() -> {
            MDC.put(InvocationScope.REQUEST_ID, requestId);
            try {
                end(delivery.run());
            } finally {
                MDC.remove(InvocationScope.REQUEST_ID);
            }
        });
    }

    /** Waits until there is an outcome, but not longer than this. */
    void await(long nanos) throws InterruptedException {
        Future<?> running = future;
        if (running == null || running.isCancelled()) {
            return;
        }
        try {
            running.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // the caller decides what follows
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    void abort() {
        delivery.abort();
    }

    /** The outcome; from now on no other is accepted. */
    Outcome settle() {
        Outcome known = outcome.get();
        return known != null ? known : end(delivery.unfinished());
    }

    private Outcome end(Outcome proposed) {
        if (!outcome.compareAndSet(null, proposed)) {
            return Objects.requireNonNull(outcome.get());
        }
        FailureReason reason = proposed.reason();
        if (reason != null && reason.affectsAllObjects()) {
            scope.failureOfAll().compareAndSet(null, proposed);
        }
        if (reason == FailureReason.CORRUPT_GZIP || reason == FailureReason.CORRUPT_PARQUET) {
            scope.metrics().add(Metric.CORRUPT, 1);
        }
        if (proposed.accounts() != null) {
            scope.metrics().add(proposed.accounts());
        }
        ObjectLog.ended(proposed);
        return proposed;
    }
}
