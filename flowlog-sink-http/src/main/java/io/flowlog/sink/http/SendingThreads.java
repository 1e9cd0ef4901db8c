package io.flowlog.sink.http;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The threads of a sink, and the slots that limit its requests in flight. A task runs with the logging context (MDC) of
 * the thread that submitted it. Safe for use by several threads.
 */
final class SendingThreads implements Executor, AutoCloseable {
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Semaphore slots;
    /** The slots limit the number of threads. Idle threads end, so that an idle sink holds none. */
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "flowlog-sink-" + THREADS.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    SendingThreads(int slots) {
        this.slots = new Semaphore(slots, true);
    }

    boolean awaitSlot(long nanos) throws InterruptedException {
        return slots.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    }

    void freeSlot() {
        slots.release();
    }

    boolean closed() {
        return threads.isShutdown();
    }

    /**
     * Runs a task on a separate thread.
     *
     * @throws RejectedExecutionException if the sink is closed
     */
    @Override
    public void execute(Runnable task) {
        Map<String, String> context = MDC.getCopyOfContextMap();
        threads.execute(() -> {
            use(context);
            try {
                task.run();
            } finally {
                MDC.clear();
            }
        });
    }

    private static void use(@Nullable Map<String, String> context) {
        if (context != null) {
            MDC.setContextMap(context);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
