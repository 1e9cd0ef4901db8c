package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogCounts;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.FlowLogRow;
import io.flowlog.sink.http.DeliveryException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of {@code send}. The caller's thread reads, encodes and compresses; the engine's threads send. The first
 * failure stops everything: no new attempt begins, and the call returns when nothing is in flight any more.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    /** How often the reading thread looks at the clock and at what the senders say. */
    private static final int ROWS_BETWEEN_CHECKS = 64;

    private static final int LONGEST_SOURCE_TEXT = 1000;
    private static final long SLOT_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Engine engine;
    private final SinkSettings settings;
    private final SourceId source;
    private final FlowLogReader reader;
    private final FlowLogCounts before;
    private final long start;
    private final long timeoutNanos;
    private final BatchSender sender;
    private final Ledger ledger = new Ledger();
    private final LongUnaryOperator jitter;
    private final CountDownLatch stop = new CountDownLatch(1);

    private final InFlight inFlight = new InFlight();

    /** Guarded by this, as are the next two. */
    private @Nullable Failure failure;

    private @Nullable Failure oneRecordFailure;
    private LakeHeaders.@Nullable Reading firstReading;

    private volatile FlowLogCounts seen;
    private volatile boolean whole;
    private long encoded;
    private @Nullable FlowLogFormat checkedFormat;

    Delivery(Engine engine, SourceId source, FlowLogReader reader, Duration timeout) {
        this.engine = engine;
        this.settings = engine.settings();
        this.source = source;
        this.reader = reader;
        this.before = reader.counts();
        this.seen = before;
        this.start = engine.time().nanoTime();
        this.timeoutNanos = Time.saturatedNanos(timeout);
        this.jitter = engine.newJitter();
        this.sender = engine.newSender(this);
    }

    DeliveryReport run() throws DeliveryException {
        boolean interrupted = false;
        try (BatchBuilder batches = new BatchBuilder(
                source.hex().orElse(""),
                settings.recordIdField(),
                settings.compression(),
                settings.maxBatchBytes(),
                settings.maxBatchRecords())) {
            try {
                readAll(batches);
                inFlight.awaitNone();
            } catch (InterruptedException e) {
                interrupted = true;
                fail(new Failure(Reason.INTERRUPTED, "the thread was interrupted"));
            } finally {
                stop.countDown();
                interrupted |= inFlight.awaitNoneOrCancel();
                LineRange open = batches.openLines();
                if (open != null) {
                    ledger.owe(open, batches.openRecords());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return settle();
    }

    private void readAll(BatchBuilder batches) throws InterruptedException {
        while (advance()) {
            FlowLogRow row = reader.row();
            if (row.format() != checkedFormat && !accepts(row.format())) {
                return;
            }
            Batch closed = batches.add(row);
            encoded++;
            if (closed != null) {
                submit(closed);
            }
            if (encoded % ROWS_BETWEEN_CHECKS == 0 && mustStop()) {
                return;
            }
        }
        if (whole && !stopped() && !tooManyMalformed()) {
            Batch last = batches.last();
            if (last != null) {
                submit(last);
            }
        }
    }

    private boolean advance() {
        try {
            if (reader.advance()) {
                return true;
            }
            whole = true;
        } catch (IOException | RuntimeException e) {
            String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            fail(new Failure(Reason.SOURCE, OneLine.of(text, LONGEST_SOURCE_TEXT), 0, e));
        }
        return false;
    }

    private boolean accepts(FlowLogFormat format) {
        checkedFormat = format;
        String field = settings.recordIdField();
        if (!field.isEmpty() && source.hex().isPresent() && format.indexOf(field) >= 0) {
            fail(new Failure(Reason.SETTINGS, "the record id field " + field + " is a column of this source"));
            return false;
        }
        return true;
    }

    private boolean mustStop() {
        if (nanosLeft() <= 0) {
            fail(Failure.TIME_OVER);
        }
        return stopped();
    }

    private boolean tooManyMalformed() {
        ReadSoFar read = read(reader.counts());
        if (read.malformedRatio() <= settings.maxMalformedRatio()) {
            return false;
        }
        String text = read.malformed() + " of " + (read.malformed() + read.records())
                + " lines are malformed, more than the ratio of " + settings.maxMalformedRatio() + " allows";
        fail(new Failure(Reason.MALFORMED, text));
        return true;
    }

    private void submit(Batch batch) throws InterruptedException {
        ledger.closed(batch);
        seen = reader.counts();
        while (!engine.awaitSlot(Math.min(SLOT_WAIT_NANOS, Math.max(1, nanosLeft())))) {
            if (mustStop()) {
                return;
            }
        }
        inFlight.begun();
        boolean taken = false;
        try {
            taken = engine.execute(() -> work(batch));
        } finally {
            if (!taken) {
                inFlight.ended();
                engine.freeSlot();
                fail(Failure.CLOSED);
            }
        }
    }

    private void work(Batch batch) {
        try {
            if (inFlight.enter()) {
                sender.send(batch);
            }
        } catch (InterruptedException e) {
            fail(new Failure(Reason.INTERRUPTED, "a sending thread was interrupted"));
        } catch (RuntimeException | Error e) {
            Throwable shown = settings.redactor().isClean(e) ? e : null;
            LOG.error("{}: sending failed in a way that it must not", source, shown);
            fail(new Failure(Reason.DEFECT, "unexpected " + e.getClass().getSimpleName(), 0, shown));
        } finally {
            inFlight.leave();
            inFlight.ended();
            engine.freeSlot();
        }
    }

    private DeliveryReport settle() throws DeliveryException {
        Failure first;
        synchronized (this) {
            first = failure != null ? failure : oneRecordFailure;
        }
        FlowLogCounts now = reader.counts();
        ReadSoFar read = read(now);
        if (first == null) {
            String mismatch = ledger.mismatch(read.records(), encoded);
            if (mismatch != null) {
                first = new Failure(Reason.DEFECT, mismatch);
            }
        }
        DeliveryReport report = ledger.report(source, read, encoded, elapsed(), unreadAfter(now));
        if (first == null) {
            return report;
        }
        throw new DeliveryException(
                Explanation.of(report, first), first.reason(), first.text(), first.status(), report, first.cause());
    }

    private OptionalLong unreadAfter(FlowLogCounts counts) {
        return whole ? OptionalLong.empty() : OptionalLong.of(counts.lines());
    }

    private ReadSoFar read(FlowLogCounts counts) {
        return ReadSoFar.between(before, counts);
    }

    private Duration elapsed() {
        return Duration.ofNanos(engine.time().nanoTime() - start);
    }

    SourceId source() {
        return source;
    }

    Ledger ledger() {
        return ledger;
    }

    LongUnaryOperator jitter() {
        return jitter;
    }

    Instant now() {
        return engine.time().now();
    }

    long nanosLeft() {
        return timeoutNanos - (engine.time().nanoTime() - start);
    }

    boolean stopped() {
        return stop.getCount() == 0;
    }

    /** Waits; true when the delivery stopped meanwhile. */
    boolean pause(long nanos) throws InterruptedException {
        return engine.time().await(stop, nanos);
    }

    /** Stops the delivery; only the first failure counts. */
    void fail(Failure why) {
        synchronized (this) {
            if (failure == null) {
                failure = why;
            }
        }
        stop.countDown();
        switch (why.reason()) {
            case AUTH, HEADER_UNAVAILABLE, INTERRUPTED -> inFlight.cancel();
            default -> {}
        }
    }

    /** Remembers that a record cannot be delivered; all others are still sent. */
    synchronized void failOneRecord(Failure why) {
        if (oneRecordFailure == null) {
            oneRecordFailure = why;
        }
    }

    synchronized void uses(LakeHeaders.Reading values) {
        if (firstReading == null) {
            firstReading = values;
        }
    }

    /** Whether refused values may be read again: those that this delivery began with, or that have worked before. */
    synchronized boolean mayRefresh(LakeHeaders.Reading refused) {
        return refused == firstReading || refused.accepted();
    }

    void progress() {
        FlowLogCounts counts = seen;
        settings.listener()
                .onAcknowledged(ledger.report(source, read(counts), ledger.lineEnds(), elapsed(), unreadAfter(counts)));
    }
}
