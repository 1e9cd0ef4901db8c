package io.flowlog.sink.http;

import java.time.Duration;

/**
 * Observes deliveries, for example to print progress or to count retries. The sink's threads call it, possibly several
 * at the same time, and wait for it. An exception that it throws is logged and does not affect the delivery.
 */
public interface DeliveryListener {
    /**
     * The lake acknowledged a request.
     *
     * @param soFar the accounts so far. Only the records of completed batches count as encoded
     */
    default void onAcknowledged(DeliveryReport soFar) {}

    /**
     * A request failed and will be sent again.
     *
     * @param source where the records of the request come from
     * @param lines the lines of the records
     * @param attempt the number of the attempt that failed, starting at 1
     * @param why what happened, in one line for people and without secrets
     * @param wait how long the sink waits before the next attempt
     */
    default void onRetry(SourceId source, LineRange lines, int attempt, String why, Duration wait) {}

    /**
     * The lake rejected one record of a request and accepted the request. The record is counted as {@link
     * DeliveryReport#rejected} and not sent again. Only lakes that answer record by record do this ({@link
     * Lake#ELASTICSEARCH}).
     *
     * @param source where the record comes from
     * @param line its physical line
     * @param reason the lake's reason
     */
    default void onRejected(SourceId source, long line, String reason) {}
}
