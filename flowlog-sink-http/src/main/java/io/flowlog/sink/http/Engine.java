package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogReader;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/** What all deliveries of a sink share: the slots for requests in flight, the threads, the headers, what was learned. */
final class Engine implements AutoCloseable {
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final SinkSettings settings;
    private final Transport transport;
    private final LakeHeaders headers;
    private final Time time;
    private final Supplier<LongUnaryOperator> jitters;
    private final Semaphore slots;
    private final AtomicLong tooLarge = new AtomicLong(Long.MAX_VALUE);
    private final Set<Delivery> deliveries = ConcurrentHashMap.newKeySet();
    /** The slots bound the number of threads; idle ones end, so that a sink at rest holds none. */
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "flowlog-sink-" + THREADS.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    Engine(
            SinkSettings settings,
            Transport transport,
            LakeHeaders headers,
            Time time,
            Supplier<LongUnaryOperator> jitters) {
        this.settings = settings;
        this.transport = transport;
        this.headers = headers;
        this.time = time;
        this.jitters = jitters;
        this.slots = new Semaphore(settings.maxInFlight(), true);
    }

    DeliveryReport deliver(SourceId source, FlowLogReader reader, Duration timeout) throws DeliveryException {
        Delivery delivery = new Delivery(this, source, reader, timeout);
        deliveries.add(delivery);
        try {
            if (threads.isShutdown()) {
                throw new IllegalStateException("the sink is closed");
            }
            return delivery.run();
        } finally {
            deliveries.remove(delivery);
        }
    }

    SinkSettings settings() {
        return settings;
    }

    Time time() {
        return time;
    }

    LongUnaryOperator newJitter() {
        return jitters.get();
    }

    BatchSender newSender(Delivery delivery) {
        return new BatchSender(settings, transport, headers, tooLarge, delivery);
    }

    boolean awaitSlot(long nanos) throws InterruptedException {
        return slots.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    }

    void freeSlot() {
        slots.release();
    }

    /** False when the sink is closed. */
    boolean execute(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        deliveries.forEach(delivery -> delivery.fail(Failure.CLOSED));
    }
}
