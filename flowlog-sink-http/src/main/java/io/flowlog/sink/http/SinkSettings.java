package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogFilter;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a sink, checked.
 *
 * @param processors how many are available to all deliveries; 1 to compress in the thread of the caller
 */
record SinkSettings(
        URI endpoint,
        Redactor redactor,
        long maxBatchBytes,
        int maxBatchRecords,
        Compression compression,
        int maxInFlight,
        int processors,
        String recordIdField,
        @Nullable FlowLogFilter filter,
        Sampling sampling,
        Lake target,
        boolean omitAbsent,
        Duration requestTimeout,
        int maxAttempts,
        Backoff backoff,
        double maxMalformedRatio,
        DeliveryListener listener) {
    /** The endpoint's host and port: all that messages show of it, because a path or a query can be a secret. */
    String lake() {
        return Endpoint.shown(endpoint);
    }
}
