package io.flowlog.sink.http;

import java.time.Duration;

/**
 * Is told how a delivery goes, for a progress line or a metric. Called from the sink's threads, possibly several at
 * once, so it is quick and safe for several threads; what it throws is logged and otherwise ignored.
 */
public interface DeliveryListener {
    /**
     * A request was acknowledged.
     *
     * @param soFar the accounts up to now
     */
    default void onAcknowledged(DeliveryReport soFar) {}

    /**
     * A request failed and will be made again.
     *
     * @param source where its records came from
     * @param lines the lines of its records
     * @param attempt the attempt that failed, from 1
     * @param why what happened, without secrets
     * @param wait how long the sink waits before it tries again
     */
    default void onRetry(SourceId source, LineRange lines, int attempt, String why, Duration wait) {}
}
