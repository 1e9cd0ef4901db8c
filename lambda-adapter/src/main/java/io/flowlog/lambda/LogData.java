package io.flowlog.lambda;

import org.jspecify.annotations.Nullable;

/**
 * Log events as CloudWatch Logs sends them: base64 of gzip of JSON. They are decoded when it is their turn, so that only a
 * few are in memory at the same time.
 *
 * @param sequenceNumber that of the Kinesis record that holds them; null for an event of CloudWatch Logs
 * @param base64 the data
 */
record LogData(@Nullable String sequenceNumber, String base64) implements Work {
    @Override
    public long size() {
        return base64.length() / 4L * 3;
    }

    @Override
    public WorkDelivery delivery(InvocationScope scope) {
        return new LogDelivery(scope, this);
    }
}
