package io.flowlog.cli.ship;

import io.flowlog.cli.shared.CountedInput;
import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.MalformedLines;
import io.flowlog.cli.shared.S3Source;
import io.flowlog.cli.shared.Source;
import io.flowlog.cli.ship.Listing.Task;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.sink.http.DeliveryException;
import io.flowlog.sink.http.DeliveryReport;
import io.flowlog.sink.http.HttpSink;
import io.flowlog.sink.http.SourceId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run: one thread lists the objects, and several threads deliver them through one sink, each one object at a time. An
 * object that failed for a temporary reason is tried again after all others.
 */
final class Shipment {
    private static final int ROUNDS = 4;
    private static final long POLL_MILLIS = 50;

    private final HttpSink sink;
    private final Supplier<FlowLogReader.Builder> readers;
    private final Journal journal;
    private final Consumer<String> messages;
    private final Duration timeout;
    private final int jobs;
    private final Tally tally = new Tally();
    private final Set<String> claimed = ConcurrentHashMap.newKeySet();
    private final Map<Task, Running> running = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable String> stop = new AtomicReference<>();
    private final AtomicInteger lakeFailuresInARow = new AtomicInteger();
    private volatile boolean interrupted;

    /** An object that is being delivered. */
    static final class Running {
        final String name;
        final long size;
        volatile long position;

        Running(String name, long size) {
            this.name = name;
            this.size = size;
        }
    }

    Shipment(
            HttpSink sink,
            Supplier<FlowLogReader.Builder> readers,
            Journal journal,
            Consumer<String> messages,
            Duration timeout,
            int jobs) {
        this.sink = sink;
        this.readers = readers;
        this.journal = journal;
        this.messages = messages;
        this.timeout = timeout;
        this.jobs = jobs;
    }

    Tally tally() {
        return tally;
    }

    /** The objects that are being delivered. */
    List<Running> running() {
        return List.copyOf(running.values());
    }

    /** Finishes the objects in progress, and starts no others. */
    void interrupt() {
        interrupted = true;
        stop.compareAndSet(null, "stopped");
    }

    boolean isInterrupted() {
        return interrupted;
    }

    /** Why the run ended before everything was tried, or null. */
    @Nullable
    String stopReason() {
        return interrupted ? null : stop.get();
    }

    /** Delivers all sources. When it returns, nothing is in flight. */
    void run(Iterable<Source> sources) throws InterruptedException {
        Listing listing = new Listing(sources, tally, journal, stop, messages);
        Queue<Task> again = new ConcurrentLinkedQueue<>();
        round(1, again, listing::take);
        listing.end();
        for (int round = 2; round <= ROUNDS && !again.isEmpty(); round++) {
            if (stop.get() == null && waitBefore(round)) {
                Queue<Task> tasks = again;
                Queue<Task> next = new ConcurrentLinkedQueue<>();
                round(round, next, tasks::poll);
                next.addAll(tasks);
                again = next;
            }
        }
        again.forEach(task -> tally.left());
    }

    private boolean waitBefore(int round) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1L << round);
        while (stop.get() == null && System.nanoTime() < until) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return stop.get() == null;
    }

    private void round(int round, Queue<Task> again, Supplier<@Nullable Task> tasks) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            workers.add(daemon("ship-" + i, () -> {
                while (stop.get() == null) {
                    Task task = tasks.get();
                    if (task == null) {
                        return;
                    }
                    deliver(task, round, again);
                }
            }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void deliver(Task task, int round, Queue<Task> again) {
        Running shown = new Running(task.source().name(), task.size());
        running.put(task, shown);
        String claim = null;
        try (InputStream opened = task.source().open()) {
            SourceId id = task.source().id(opened);
            claim = id.hex().orElse(null);
            if (claim != null && (journal.contains(claim) || !claimed.add(claim))) {
                claim = null;
                tally.alreadyThere(task.size());
                return;
            }
            MalformedLines malformed =
                    new MalformedLines(messages, task.source().name());
            FlowLogReader.Builder builder =
                    readers.get().name(task.source().name()).onMalformed(malformed);
            try (FlowLogReader reader = builder.open(CountedInput.of(opened, count -> shown.position += count))) {
                DeliveryReport report = sink.send(id, reader, timeout);
                malformed.finish();
                lakeFailuresInARow.set(0);
                tally.delivered(report, task.size());
                note(task.source(), id, opened, report);
            }
        } catch (DeliveryException e) {
            release(claim);
            failed(task, e, round, again);
        } catch (IOException e) {
            release(claim);
            failed(task, round, again, Errors.isPermanent(e), Errors.reason(e), Errors.exitCode(e));
        } catch (RuntimeException e) {
            release(claim);
            failed(task, round, again, true, "unexpected error: " + e, ExitCode.NOT_DELIVERED);
        } finally {
            running.remove(task);
        }
    }

    private void release(@Nullable String claim) {
        if (claim != null) {
            claimed.remove(claim);
        }
    }

    private void note(Source source, SourceId id, InputStream opened, DeliveryReport report) {
        if (id.hex().isEmpty()) {
            return;
        }
        try {
            String bucket = null;
            String key = null;
            String etag = null;
            if (source instanceof S3Source s3) {
                bucket = s3.object().bucket();
                key = s3.object().key();
                etag = S3Source.etag(opened);
            }
            journal.add(new Journal.Entry(
                    id.hex().get(), source.name(), bucket, key, etag, report.acknowledged(), report.malformed()));
        } catch (IOException e) {
            stop.compareAndSet(null, "the journal cannot be written: " + Errors.sentence(e));
        }
    }

    private void failed(Task task, DeliveryException e, int round, Queue<Task> again) {
        if (e.reason() == DeliveryException.Reason.SOURCE && e.getCause() instanceof IOException cause) {
            failed(task, round, again, Errors.isPermanent(cause), Errors.reason(cause), Errors.exitCode(cause));
            return;
        }
        switch (e.reason()) {
            // These failures do not depend on the object. Every other object would fail in the same way.
            case AUTH, TLS, HEADER_UNAVAILABLE -> stop.compareAndSet(null, e.detail());
            case UNREACHABLE, UNAVAILABLE -> {
                if (lakeFailuresInARow.incrementAndGet() >= Math.max(4, 2 * jobs)) {
                    stop.compareAndSet(null, e.detail());
                }
            }
            default -> lakeFailuresInARow.set(0);
        }
        failed(task, round, again, e.reason().permanent(), e.detail(), ExitCode.NOT_DELIVERED);
    }

    private void failed(Task task, int round, Queue<Task> again, boolean permanent, String why, int exitCode) {
        if (!permanent && round < ROUNDS && task.source().size().isPresent()) {
            again.add(task);
            return;
        }
        String name = task.source().name();
        String reason = Errors.oneLine(why);
        tally.failed(new Tally.Failure(name, reason, exitCode), task.size());
        messages.accept(name + ": " + reason);
    }

    /** Counts the bytes that are read of an object, for the progress line. */
}
