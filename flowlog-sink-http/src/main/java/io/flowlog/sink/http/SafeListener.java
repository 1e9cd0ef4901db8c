package io.flowlog.sink.http;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the user's listener and logs its exceptions, so that they cannot break a delivery. */
record SafeListener(DeliveryListener listener) implements DeliveryListener {
    private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

    @Override
    public void onAcknowledged(DeliveryReport soFar) {
        tell(() -> listener.onAcknowledged(soFar));
    }

    @Override
    public void onRetry(SourceId source, LineRange lines, int attempt, String why, Duration wait) {
        tell(() -> listener.onRetry(source, lines, attempt, why, wait));
    }

    @Override
    public void onRejected(SourceId source, long line, String reason) {
        tell(() -> listener.onRejected(source, line, reason));
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("the delivery listener threw an exception", e);
        }
    }
}
