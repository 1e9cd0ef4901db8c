package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogFilter.InvalidFilterException;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.FlowLogRow;
import io.flowlog.sink.http.DeliveryException.Reason;
import io.flowlog.sink.http.RecordSelection.Choice;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of {@code send}. The thread of the caller reads and encodes, a second one compresses, and others send. The
 * first failure stops everything: no new attempt starts, and the call returns when nothing is in flight.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    /** How often the reading thread looks at the clock and at the results of the senders. */
    private static final int ROWS_BETWEEN_CHECKS = 64;

    private static final int LONGEST_SOURCE_TEXT = 1000;
    private static final long SLOT_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final SinkSettings settings;
    private final SendingThreads threads;
    private final boolean parallel;
    private final BatchSender sender;
    private final Ledger ledger;
    private final CallClock clock;
    private final FlowLogReader reader;
    private final InFlight inFlight = new InFlight();

    /** Guarded by this, as is the next one. */
    private @Nullable Failure failure;

    private @Nullable Failure recordTooLarge;

    private boolean complete;
    private final RecordSelection selection;
    private long examined;
    private long encoded;
    private @Nullable FlowLogFormat checkedFormat;

    Delivery(
            SinkSettings settings,
            SendingThreads threads,
            boolean parallel,
            BatchSender sender,
            Ledger ledger,
            CallClock clock,
            FlowLogReader reader) {
        this.settings = settings;
        this.threads = threads;
        this.parallel = parallel;
        this.sender = sender;
        this.ledger = ledger;
        this.clock = clock;
        this.reader = reader;
        this.selection = new RecordSelection(settings.filter(), settings.sampling(), ledger.source());
    }

    DeliveryReport run() throws DeliveryException {
        boolean interrupted = false;
        try (BatchBuilder batches = new BatchBuilder(
                ledger.source(),
                settings.recordIdField(),
                settings.sampling().rate(),
                settings.target(),
                settings.omitAbsent(),
                settings.compression(),
                settings.maxBatchBytes(),
                settings.maxBatchRecords(),
                parallel ? threads : null)) {
            try {
                readAll(batches);
                inFlight.awaitNone();
            } catch (InterruptedException e) {
                interrupted = true;
                fail(new Failure(Reason.INTERRUPTED, "the thread was interrupted"));
            } finally {
                clock.stop();
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
        if (settings.sampling().active() && ledger.source().hex().isEmpty()) {
            fail(new Failure(
                    Reason.SETTINGS, "sampling requires a source with an id: a sample is chosen by record ids"));
            return;
        }
        while (advance()) {
            FlowLogRow row = reader.row();
            if (row.format() != checkedFormat && !accepts(row.format())) {
                return;
            }
            Choice choice = selection.choose(row);
            if (choice != Choice.DROPPED) {
                Batch closed = batches.add(row, choice == Choice.SENT_AS_SAMPLE);
                encoded++;
                if (closed != null) {
                    submit(closed);
                }
            }
            if (++examined % ROWS_BETWEEN_CHECKS == 0 && mustStop()) {
                return;
            }
        }
        if (complete && !clock.stopped() && !tooManyMalformed()) {
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
            complete = true;
            ledger.complete();
        } catch (IOException | RuntimeException e) {
            String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            fail(new Failure(Reason.SOURCE, OneLine.of(text, LONGEST_SOURCE_TEXT), 0, e));
        }
        return false;
    }

    private boolean accepts(FlowLogFormat format) {
        checkedFormat = format;
        String field = ledger.source().hex().isPresent() ? settings.recordIdField() : "";
        String conflict = ColumnConflicts.find(format, field, settings.sampling(), settings.target());
        if (conflict != null) {
            fail(new Failure(Reason.SETTINGS, conflict));
            return false;
        }
        try {
            selection.check(format);
        } catch (InvalidFilterException e) {
            fail(new Failure(Reason.SETTINGS, OneLine.of(String.valueOf(e.getMessage()), LONGEST_SOURCE_TEXT)));
            return false;
        }
        return true;
    }

    private boolean mustStop() {
        if (clock.nanosLeft() <= 0) {
            fail(Failure.TIME_OVER);
        }
        return clock.stopped();
    }

    private boolean tooManyMalformed() {
        ledger.read(reader.counts(), selection);
        SourceCounts read = ledger.counts();
        if (read.malformedRatio() <= settings.maxMalformedRatio()) {
            return false;
        }
        String text = read.malformed() + " of " + (read.malformed() + read.records())
                + " lines are malformed, more than the ratio of " + settings.maxMalformedRatio() + " allows";
        fail(new Failure(Reason.MALFORMED, text));
        return true;
    }

    private void submit(Batch batch) throws InterruptedException {
        ledger.read(reader.counts(), selection);
        ledger.closed(batch);
        while (!threads.awaitSlot(Math.min(SLOT_WAIT_NANOS, Math.max(1, clock.nanosLeft())))) {
            if (mustStop()) {
                return;
            }
        }
        inFlight.begun();
        boolean taken = false;
        try {
            threads.execute(() -> send(batch));
            taken = true;
        } catch (RejectedExecutionException e) {
            fail(Failure.CLOSED);
        } finally {
            if (!taken) {
                inFlight.ended();
                threads.freeSlot();
            }
        }
    }

    private void send(Batch batch) {
        try {
            if (inFlight.enter() && !clock.stopped()) {
                note(sender.send(batch));
            }
        } catch (InterruptedException e) {
            fail(new Failure(Reason.INTERRUPTED, "a sending thread was interrupted"));
        } catch (RuntimeException | Error e) {
            Throwable shown = settings.redactor().isClean(e) ? e : null;
            LOG.error("{}: a defect in sending", ledger.source(), shown);
            fail(new Failure(Reason.DEFECT, "unexpected " + e.getClass().getSimpleName(), 0, shown));
        } finally {
            inFlight.leave();
            inFlight.ended();
            threads.freeSlot();
        }
    }

    private void note(SendResult result) {
        if (result instanceof SendResult.Failed failed) {
            fail(failed.failure());
        } else if (result instanceof SendResult.TooLarge tooLarge) {
            synchronized (this) {
                recordTooLarge = recordTooLarge == null ? tooLarge.failure() : recordTooLarge;
            }
        }
    }

    private DeliveryReport settle() throws DeliveryException {
        ledger.read(reader.counts(), selection);
        Failure first;
        synchronized (this) {
            first = failure != null ? failure : recordTooLarge;
        }
        if (first == null) {
            String mismatch = ledger.mismatch(ledger.counts().records(), encoded);
            if (mismatch != null) {
                first = new Failure(Reason.DEFECT, mismatch);
            }
        }
        DeliveryReport report = ledger.report(encoded);
        if (first == null) {
            return report;
        }
        String message = FailureMessage.of(report, first);
        throw new DeliveryException(message, first.reason(), first.text(), first.status(), report, first.cause());
    }

    /** Ends the delivery, because the sink was closed by another thread. */
    void sinkClosed() {
        fail(Failure.CLOSED);
    }

    /** Stops the delivery. The first failure is reported. If it is the timeout, the failure of a sender explains it. */
    private void fail(Failure why) {
        synchronized (this) {
            if (failure == null) {
                failure = why;
            } else if (failure == Failure.TIME_OVER && why != Failure.TIME_OVER && why != Failure.STOPPED) {
                failure = why.reason() == Reason.TIMEOUT ? why : why.beforeTimeout(Failure.TIME_OVER.text());
            }
        }
        clock.stop();
        switch (why.reason()) {
            case AUTH, HEADER_UNAVAILABLE, INTERRUPTED -> inFlight.cancel();
            default -> {}
        }
    }
}
