package io.flowlog.sink.http;

import io.flowlog.sink.http.DeliveryException.Reason;
import io.flowlog.sink.http.SendResult.Acknowledged;
import io.flowlog.sink.http.SendResult.Failed;
import io.flowlog.sink.http.SendResult.TooLarge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the batches of one call. A batch that is too large for the lake is halved, always at the same records. Several
 * threads send the batches of a call.
 */
final class BatchSender {
    private static final Logger LOG = LoggerFactory.getLogger(BatchSender.class);
    /** After so many single records in a row that were refused, the size is not the reason. */
    private static final int MOST_SINGLES_REFUSED = 8;

    private final RequestSender requests;
    private final LearnedLimit.Call limit;
    private final Ledger ledger;
    private final CallClock clock;
    private final DeliveryListener listener;

    /** Guarded by this, as is the next one. */
    private int singlesRefused;

    private long largestAccepted;

    BatchSender(
            RequestSender requests,
            LearnedLimit.Call limit,
            Ledger ledger,
            CallClock clock,
            DeliveryListener listener) {
        this.requests = requests;
        this.limit = limit;
        this.ledger = ledger;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Sends a batch. When this method returns, no part of the batch is in flight.
     *
     * @return {@link TooLarge} if the lake would cut off the only record, or if single records were refused and all others acknowledged
     */
    SendResult send(Batch nominal) throws InterruptedException {
        if (nominal.isCut()) {
            String text = nominal.lake() + " lakes cut off records of more than "
                    + nominal.lake().maxRecordBytes() + " bytes, so this one was not sent" + size(nominal);
            return new TooLarge(nominal, new Failure(Reason.TOO_LARGE, text));
        }
        Map<Batch, TooLarge> refused = new LinkedHashMap<>();
        SendResult result = sendPart(nominal, nominal, refused);
        return result instanceof Failed || refused.isEmpty() ? result : sendAgain(refused);
    }

    /** Sends the records again that were rejected before a larger body was accepted: the fault was temporary. */
    private SendResult sendAgain(Map<Batch, TooLarge> refused) throws InterruptedException {
        @Nullable SendResult all = null;
        for (Map.Entry<Batch, TooLarge> record : refused.entrySet()) {
            SendResult result = acceptsMoreThan(record.getKey()) ? sendWhole(record.getKey()) : record.getValue();
            if (result instanceof Failed) {
                return result;
            }
            if (result instanceof Acknowledged && all == null
                    || result instanceof TooLarge && !(all instanceof TooLarge)) {
                all = result instanceof TooLarge ? record.getValue() : result;
            }
        }
        return Objects.requireNonNull(all);
    }

    private SendResult sendPart(Batch part, Batch nominal, Map<Batch, TooLarge> refused) throws InterruptedException {
        if (part.records() > 1 && limit.excludes(part.jsonBytes(), nominal.jsonBytes())) {
            return sendHalves(part, nominal, refused);
        }
        SendResult result = sendWhole(part);
        if (!(result instanceof TooLarge tooLarge)) {
            return result;
        }
        Batch left = tooLarge.batch();
        if (left.records() == 1) {
            SendResult refusal = singleRefused(left, tooLarge.failure());
            if (refusal instanceof TooLarge named) {
                refused.put(left, named);
            }
            return refusal;
        }
        LOG.debug("{}, lines {}: too large for the lake; sending halves", ledger.source(), left.range());
        return sendHalves(left, nominal, refused);
    }

    private SendResult sendHalves(Batch batch, Batch nominal, Map<Batch, TooLarge> refused)
            throws InterruptedException {
        List<Batch> halves = batch.halves();
        ledger.split(batch, halves);
        SendResult first = sendPart(halves.get(0), nominal, refused);
        if (first instanceof Failed) {
            return first;
        }
        return sendPart(halves.get(1), nominal, refused);
    }

    private SendResult sendWhole(Batch batch) throws InterruptedException {
        long began = clock.nanoTime();
        SendResult result = requests.send(batch);
        if (result instanceof Acknowledged acknowledged) {
            accepted(batch, began);
            acknowledged(acknowledged);
        } else if (result instanceof TooLarge tooLarge && tooLarge.batch().records() > 1) {
            limit.refused(tooLarge.batch().jsonBytes(), began);
        }
        return result;
    }

    private synchronized void accepted(Batch batch, long began) {
        singlesRefused = 0;
        largestAccepted = Math.max(largestAccepted, batch.jsonBytes());
        limit.accepted(batch.jsonBytes(), began);
    }

    private synchronized boolean acceptsMoreThan(Batch batch) {
        return batch.jsonBytes() <= largestAccepted;
    }

    private synchronized SendResult singleRefused(Batch batch, Failure failure) {
        singlesRefused++;
        if (singlesRefused < MOST_SINGLES_REFUSED) {
            return new TooLarge(batch, failure.with(size(batch)));
        }
        limit.forget();
        // If the lake has accepted nothing so far, it can accept everything later.
        Reason reason = ledger.anyAcknowledged() ? Reason.TOO_LARGE : Reason.UNAVAILABLE;
        String text = failure.text() + " to " + singlesRefused + " single records in a row, the last with "
                + batch.jsonBytes() + " bytes of JSON (line " + batch.range() + ")";
        return new Failed(new Failure(reason, text, failure.status(), failure.cause()));
    }

    private static String size(Batch batch) {
        return "; line " + batch.range() + " alone makes " + batch.jsonBytes() + " bytes of JSON";
    }

    private void acknowledged(Acknowledged result) {
        Batch batch = result.batch();
        long rejected = result.rejected();
        if (rejected > 0 && !result.named()) {
            LOG.warn(
                    "{}, lines {}: the lake counted {} of {} records; it dropped the others as duplicates"
                            + " or rejected them",
                    ledger.source(),
                    batch.range(),
                    batch.records() - rejected,
                    batch.records());
        }
        ledger.acknowledged(batch, rejected);
        listener.onAcknowledged(ledger.soFar());
    }
}
