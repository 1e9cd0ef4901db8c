package io.flowlog.sink.http;

import io.flowlog.sink.http.DeliveryException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one nominal batch all the way: attempts with backoff, the tree of halves after a 413, fresh headers after a
 * 401. The batches of a delivery are sent by several threads, each with a call of its own.
 */
final class BatchSender {
    private static final Logger LOG = LoggerFactory.getLogger(BatchSender.class);

    private final SinkSettings settings;
    private final Transport transport;
    private final LakeHeaders headers;
    private final AtomicLong tooLarge;
    private final Delivery delivery;

    /**
     * A sender.
     *
     * @param tooLarge the least number of JSON bytes that the lake has refused with a 413, shared by all deliveries
     */
    BatchSender(
            SinkSettings settings, Transport transport, LakeHeaders headers, AtomicLong tooLarge, Delivery delivery) {
        this.settings = settings;
        this.transport = transport;
        this.headers = headers;
        this.tooLarge = tooLarge;
        this.delivery = delivery;
    }

    /** Returns when all of the batch is acknowledged, or the delivery was told why not. */
    void send(Batch batch) throws InterruptedException {
        if (delivery.stopped()) {
            return;
        }
        if (batch.records() > 1 && batch.jsonBytes() >= tooLarge.get()) {
            sendHalves(batch);
            return;
        }
        Failure refused = attempts(batch);
        if (refused == null) {
            return;
        }
        if (batch.records() > 1) {
            tooLarge.accumulateAndGet(batch.jsonBytes(), Math::min);
            LOG.debug("lines {} are too large for the lake; sending halves", batch.range());
            sendHalves(batch);
        } else {
            delivery.failOneRecord(new Failure(
                    Reason.TOO_LARGE,
                    refused.text() + "; line " + batch.range() + " alone makes " + batch.jsonBytes() + " bytes of JSON",
                    refused.status(),
                    null));
        }
    }

    private void sendHalves(Batch batch) throws InterruptedException {
        List<Batch> halves = batch.halves();
        delivery.ledger().split(batch, halves);
        for (Batch half : halves) {
            send(half);
        }
    }

    /** Null when acknowledged or when the delivery has failed; else the 413 that asks for halves. */
    private @Nullable Failure attempts(Batch batch) throws InterruptedException {
        LakeHeaders.Reading values = null;
        boolean again = false;
        boolean refreshed = false;
        for (int attempt = 1; ; attempt++) {
            long left = delivery.nanosLeft();
            if (delivery.stopped()) {
                return null;
            }
            if (left <= 0) {
                delivery.fail(Failure.TIME_OVER);
                return null;
            }
            Verdict verdict;
            try {
                values = headers.current();
                delivery.uses(values);
                delivery.ledger().requested(again);
                again = true;
                verdict = exchange(batch, values, left);
            } catch (LakeHeaders.UnreadableException e) {
                delivery.fail(new Failure(e.reason(), String.valueOf(e.getMessage()), 0, e.getCause()));
                return null;
            }
            Failure failure = verdict.failure();
            if (failure == null) {
                acknowledged(batch, values, verdict.rejected());
                return null;
            }
            switch (verdict.kind()) {
                case TOO_LARGE -> {
                    return failure;
                }
                case UNAUTHORIZED -> {
                    if (refreshed || !refresh(values, failure)) {
                        delivery.fail(failure);
                        return null;
                    }
                    refreshed = true;
                    attempt--;
                }
                case RETRY -> {
                    if (!pause(batch, attempt, failure, verdict.delay())) {
                        return null;
                    }
                }
                default -> {
                    delivery.fail(failure);
                    return null;
                }
            }
        }
    }

    private Verdict exchange(Batch batch, LakeHeaders.Reading values, long left) throws InterruptedException {
        try {
            Transport.Post post = new Transport.Post(headersFor(batch, values), batch.body());
            long limit = Math.min(settings.requestTimeout().toNanos(), left);
            Transport.Answer answer = transport.post(post, limit);
            return Verdict.of(answer, batch.records(), delivery.now(), settings.lake(), settings.redactor());
        } catch (IOException e) {
            return Verdict.of(e, settings.lake(), settings.redactor());
        }
    }

    private List<String> headersFor(Batch batch, LakeHeaders.Reading values) {
        List<String> all = new ArrayList<>(values.namesAndValues());
        all.addAll(List.of("Content-Type", "application/x-ndjson"));
        if (settings.compression() == Compression.GZIP) {
            all.addAll(List.of("Content-Encoding", "gzip"));
        }
        if (!batch.key().isEmpty()) {
            all.addAll(List.of("Idempotency-Key", batch.key()));
        }
        return all;
    }

    private void acknowledged(Batch batch, LakeHeaders.Reading values, long rejected) {
        values.accept();
        if (rejected > 0) {
            LOG.warn(
                    "{}, lines {}: the lake counted {} of {} records; the others are duplicates that it dropped,"
                            + " or it rejected them",
                    delivery.source(),
                    batch.range(),
                    batch.records() - rejected,
                    batch.records());
        }
        delivery.ledger().acknowledged(batch, rejected);
        delivery.progress();
    }

    /** False when there are no fresher values than those refused. */
    private boolean refresh(LakeHeaders.Reading refused, Failure failure) throws InterruptedException {
        if (!headers.refreshable() || !delivery.mayRefresh(refused)) {
            return false;
        }
        try {
            LOG.info("the lake answered {}; reading the refreshable headers again", failure.status());
            headers.after(refused);
            return true;
        } catch (LakeHeaders.UnreadableException e) {
            delivery.fail(new Failure(
                    e.reason(), failure.text() + "; then " + e.getMessage(), failure.status(), e.getCause()));
            return false;
        }
    }

    /** Waits before the next attempt; false when there is none. */
    private boolean pause(Batch batch, int attempt, Failure failure, Duration asked) throws InterruptedException {
        if (attempt >= settings.maxAttempts()) {
            String times = attempt == 1 ? "" : ", " + attempt + " times";
            delivery.fail(new Failure(failure.reason(), failure.text() + times, failure.status(), failure.cause()));
            return false;
        }
        Duration backoff = Duration.ofNanos(settings.backoff().nanos(attempt, delivery.jitter()));
        Duration wait = asked.compareTo(backoff) > 0 ? asked : backoff;
        if (wait.compareTo(Duration.ofNanos(Math.max(0, delivery.nanosLeft()))) >= 0) {
            String text = failure.text() + "; the next attempt would come after the time given is over";
            delivery.fail(new Failure(Reason.TIMEOUT, text, failure.status(), failure.cause()));
            return false;
        }
        LOG.debug("{}, lines {}: {}; retry in {}", delivery.source(), batch.range(), failure.text(), wait);
        settings.listener().onRetry(delivery.source(), batch.range(), attempt, failure.text(), wait);
        return !delivery.pause(wait.toNanos());
    }
}
