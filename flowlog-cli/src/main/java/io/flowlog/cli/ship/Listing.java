package io.flowlog.cli.ship;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.MissingSource;
import io.flowlog.cli.shared.S3Source;
import io.flowlog.cli.shared.Source;
import io.flowlog.sink.http.SourceId;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists the sources in a thread of its own. Several threads can take those that the journal does not contain. */
final class Listing {
    private static final int QUEUE = 20_000;
    private static final long POLL_MILLIS = 50;

    private final Tally tally;
    private final Journal journal;
    private final AtomicReference<@Nullable String> stop;
    private final Consumer<String> messages;
    private final BlockingQueue<Task> queue = new ArrayBlockingQueue<>(QUEUE);
    private final CountDownLatch listed = new CountDownLatch(1);
    private final Thread thread;

    /** An object that waits. */
    record Task(Source source, long size) {}

    /**
     * Starts to list.
     *
     * @param stop why the run stops, which the listing does too; null while it does not
     * @param messages receives a line for each listing that fails
     */
    Listing(
            Iterable<Source> sources,
            Tally tally,
            Journal journal,
            AtomicReference<@Nullable String> stop,
            Consumer<String> messages) {
        this.tally = tally;
        this.journal = journal;
        this.stop = stop;
        this.messages = messages;
        thread = new Thread(
                () -> {
                    try {
                        list(sources);
                    } finally {
                        listed.countDown();
                    }
                },
                "list");
        thread.setDaemon(true);
        thread.start();
    }

    /** The next object, which is waited for; null at the end of the listing, and if the run stops. */
    @Nullable
    Task take() {
        try {
            while (true) {
                // The order matters: nothing is added to the queue after the end of the listing.
                boolean done = listed.getCount() == 0;
                Task task = done ? queue.poll() : queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (task != null || done) {
                    return task;
                }
                if (stop.get() != null) {
                    return null;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void list(Iterable<Source> sources) {
        boolean complete = true;
        try {
            for (Source source : sources) {
                if (stop.get() != null) {
                    // Objects that were not listed are not counted. The summary reports that the listing is not
                    // complete.
                    return;
                }
                if (source instanceof MissingSource missing && missing.isFailedListing()) {
                    complete = false;
                    listingFailed(missing);
                    continue;
                }
                Task task = new Task(source, source.size().orElse(0));
                tally.listed(task.size());
                if (isDelivered(source)) {
                    tally.alreadyThere(task.size());
                    continue;
                }
                if (!offer(task)) {
                    tally.left();
                    return;
                }
            }
            if (complete) {
                tally.listingDone();
            }
        } catch (RuntimeException e) {
            stop.compareAndSet(null, "the listing failed: " + e);
        }
    }

    /** Adds a task to the queue; returns false if the run stops before there is space. */
    private boolean offer(Task task) {
        try {
            boolean added = false;
            while (!added && stop.get() == null) {
                added = queue.offer(task, POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
            return added;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void listingFailed(MissingSource listing) {
        String reason = Errors.reason(listing.cause());
        tally.listingFailed(new Tally.Failure(listing.name(), reason, Errors.exitCode(listing.cause())));
        messages.accept(listing.name() + ": " + reason);
    }

    /** Whether the listing alone shows that an object was delivered: its ETag is part of its id. */
    private boolean isDelivered(Source source) {
        if (source instanceof S3Source s3 && s3.object().etag() != null) {
            return SourceId.ofObject(
                            s3.object().bucket(), s3.object().key(), s3.object().etag())
                    .hex()
                    .filter(journal::contains)
                    .isPresent();
        }
        return false;
    }

    /** Waits for the end of the listing, or ends it if the run stops. Counts the objects that nobody took. */
    void end() throws InterruptedException {
        while (thread.isAlive()) {
            if (stop.get() != null) {
                // It can be waiting for S3 that is too busy. A request that fails at that moment can lose an interrupt.
                thread.interrupt();
            }
            thread.join(POLL_MILLIS);
        }
        queue.forEach(task -> tally.left());
    }
}
