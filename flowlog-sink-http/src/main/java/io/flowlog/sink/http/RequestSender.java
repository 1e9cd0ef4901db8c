package io.flowlog.sink.http;

import io.flowlog.sink.http.DeliveryException.Reason;
import io.flowlog.sink.http.SendResult.Acknowledged;
import io.flowlog.sink.http.SendResult.Failed;
import io.flowlog.sink.http.SendResult.TooLarge;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one body, with several attempts, waits between them, and new header values after a 401. Each attempt sends the same
 * bytes under the same key. Safe for use by several threads.
 */
final class RequestSender {
    private static final Logger LOG = LoggerFactory.getLogger(RequestSender.class);
    /** The second upload of a body that breaks is taken for a 413 that could not be read. */
    private static final int MOST_BROKEN_UPLOADS = 2;

    private static final int MOST_REJECTIONS_SHOWN = 20;

    private final SinkSettings settings;
    private final Transport transport;
    private final LakeHeaders.Call headers;
    private final Ledger ledger;
    private final CallClock clock;
    private final LongUnaryOperator jitter;
    private final AnswerRules answers;
    private final NetworkRules network;
    private final AtomicInteger rejectionsShown = new AtomicInteger();

    RequestSender(
            SinkSettings settings,
            Transport transport,
            LakeHeaders.Call headers,
            Ledger ledger,
            CallClock clock,
            LongUnaryOperator jitter) {
        this.settings = settings;
        this.transport = transport;
        this.headers = headers;
        this.ledger = ledger;
        this.clock = clock;
        this.jitter = jitter;
        String path = String.valueOf(settings.endpoint().getPath());
        this.answers = new AnswerRules(
                settings.lake(),
                settings.redactor(),
                settings.target(),
                settings.target().hint(path));
        this.network = new NetworkRules(settings.lake(), settings.redactor());
    }

    SendResult send(Batch whole) throws InterruptedException {
        Batch batch = whole;
        Failure last = null;
        boolean refreshed = false;
        boolean again = false;
        int attempts = 0;
        int brokenUploads = 0;
        while (true) {
            Failure ended = ended(last);
            if (ended != null) {
                return new Failed(ended);
            }
            LakeHeaders.Reading values;
            try {
                values = headers.current(clock);
            } catch (LakeHeaders.UnreadableException e) {
                return new Failed(e.failure());
            }
            // The supplier of a header can be slow, so the remaining time is measured after its call.
            ended = ended(last);
            if (ended != null) {
                return new Failed(ended);
            }
            ledger.requested(again);
            again = true;
            Verdict verdict = exchange(batch, values);
            if (verdict instanceof Verdict.Accepted accepted) {
                values.accept();
                return new Acknowledged(batch, accepted.rejected(), false);
            }
            if (verdict instanceof Verdict.Items items) {
                values.accept();
                show(batch, items.rejected());
                if (items.again().isEmpty()) {
                    return new Acknowledged(batch, items.rejected().size(), true);
                }
                if (items.again().cardinality() < batch.records()) {
                    Batch rest = batch.only(items.again());
                    ledger.partlyAcknowledged(batch, rest, items.rejected().size());
                    batch = rest;
                    // As long as there is progress, it ends.
                    attempts = 0;
                }
                verdict = new Verdict.Retry(items.failure(), items.delay(), false);
            }
            if (verdict instanceof Verdict.TooLarge tooLarge) {
                return new TooLarge(batch, tooLarge.failure());
            }
            if (verdict instanceof Verdict.Fail fail) {
                return new Failed(fail.failure());
            }
            if (verdict instanceof Verdict.Unauthorized unauthorized) {
                last = unauthorized.failure();
                Failure refused = refreshed ? last : refresh(values, last);
                if (refused != null) {
                    return new Failed(refused);
                }
                refreshed = true;
            }
            if (verdict instanceof Verdict.Retry retry) {
                last = retry.failure();
                attempts++;
                if (retry.uploadBroken() && ++brokenUploads == MOST_BROKEN_UPLOADS && batch.records() > 1) {
                    return new TooLarge(batch, last);
                }
                Failure over = pause(batch, attempts, last, retry.delay());
                if (over != null) {
                    return new Failed(over);
                }
            }
        }
    }

    /** Reports records that the lake rejected. Only the first ones of a call are logged: one mistake can concern all. */
    private void show(Batch batch, Map<Integer, String> rejected) {
        for (Map.Entry<Integer, String> record : rejected.entrySet()) {
            long line = batch.line(record.getKey());
            settings.listener().onRejected(ledger.source(), line, record.getValue());
            if (rejectionsShown.incrementAndGet() <= MOST_REJECTIONS_SHOWN) {
                LOG.warn("{}, line {}: the lake rejected the record: {}", ledger.source(), line, record.getValue());
            }
        }
    }

    /** Why no attempt may begin any more; null if it may. */
    private @Nullable Failure ended(@Nullable Failure last) {
        if (clock.stopped()) {
            return last == null ? Failure.STOPPED : last;
        }
        if (clock.nanosLeft() > 0) {
            return null;
        }
        return last == null ? Failure.TIME_OVER : last.beforeTimeout(Failure.TIME_OVER.text());
    }

    private Verdict exchange(Batch batch, LakeHeaders.Reading values) throws InterruptedException {
        try {
            Transport.Post post = new Transport.Post(headersFor(batch, values), batch.body());
            long limit = Math.min(settings.requestTimeout().toNanos(), clock.nanosLeft());
            Transport.Answer answer = transport.post(post, limit);
            return answers.verdict(answer, batch.records(), clock.now());
        } catch (IOException e) {
            return network.verdict(e);
        }
    }

    private List<String> headersFor(Batch batch, LakeHeaders.Reading values) {
        List<String> all = new ArrayList<>(values.namesAndValues());
        all.addAll(List.of("Content-Type", settings.target().contentType()));
        if (!settings.compression().contentEncoding().isEmpty()) {
            all.addAll(List.of("Content-Encoding", settings.compression().contentEncoding()));
        }
        if (!batch.key().isEmpty()) {
            all.addAll(List.of("Idempotency-Key", batch.key()));
        }
        return all;
    }

    /** Reads the refreshable headers again; returns why that does not help, or null if it may. */
    private @Nullable Failure refresh(LakeHeaders.Reading refused, Failure failure) throws InterruptedException {
        if (!headers.mayRefresh(refused)) {
            return failure;
        }
        LOG.info("{}: the lake answered {}; reading the refreshable headers again", ledger.source(), failure.status());
        try {
            headers.after(refused, clock);
            return null;
        } catch (LakeHeaders.UnreadableException e) {
            Failure then = e.failure();
            if (then.reason() == Reason.TIMEOUT) {
                return failure.beforeTimeout(then.text());
            }
            return new Failure(then.reason(), failure.text() + "; then " + then.text(), failure.status(), then.cause());
        }
    }

    /** Waits before the next attempt. Returns null, or the reason why there is no next attempt. */
    private @Nullable Failure pause(Batch batch, int attempt, Failure failure, Duration asked)
            throws InterruptedException {
        if (attempt >= settings.maxAttempts()) {
            return attempt == 1 ? failure : failure.with(", " + attempt + " times");
        }
        Duration backoff = Duration.ofNanos(settings.backoff().nanos(attempt, jitter));
        Duration wait = asked.compareTo(backoff) > 0 ? asked : backoff;
        if (wait.compareTo(Duration.ofNanos(Math.max(0, clock.nanosLeft()))) >= 0) {
            return new Failure(
                    Reason.TIMEOUT,
                    failure.text() + "; the timeout leaves no time for another attempt",
                    failure.status(),
                    failure.cause());
        }
        LOG.debug("{}, lines {}: {}; retry in {}", ledger.source(), batch.range(), failure.text(), wait);
        settings.listener().onRetry(ledger.source(), batch.range(), attempt, failure.text(), wait);
        clock.pause(wait.toNanos());
        return null;
    }
}
