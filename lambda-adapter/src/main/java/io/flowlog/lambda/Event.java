package io.flowlog.lambda;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event, taken out of its envelopes.
 *
 * @param form how it must be answered
 * @param deliveries the parts that are answered one by one
 * @param batchSchema the {@code invocationSchemaVersion} of a Batch Operations job, else null
 * @param batchInvocation the {@code invocationId} of a Batch Operations job, else null
 */
record Event(
        Form form,
        List<Delivery> deliveries,
        @Nullable String batchSchema,
        @Nullable String batchInvocation) {

    /** How an event is answered. */
    enum Form {
        /** By failing the invocation or not. */
        DIRECT,
        /** By the ids of the messages that failed. */
        SQS,
        /** By one result a task. */
        BATCH_OPERATIONS
    }
}
