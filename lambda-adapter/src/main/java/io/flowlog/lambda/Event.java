package io.flowlog.lambda;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event without its envelopes.
 *
 * @param form how the event is answered
 * @param items the parts that are answered one by one
 * @param batchSchema the {@code invocationSchemaVersion} of a Batch Operations job, else null
 * @param batchInvocation the {@code invocationId} of a Batch Operations job, else null
 * @param firehose the records of Firehose, which are not items because they are transformed together; else null
 */
record Event(
        Form form,
        List<EventItem> items,
        @Nullable String batchSchema,
        @Nullable String batchInvocation,
        @Nullable FirehoseEvent firehose) {

    /** How an event is answered. */
    enum Form {
        /** The invocation fails or succeeds. */
        DIRECT,
        /** The answer lists the ids of the items that failed: messages of SQS, or records of Kinesis. */
        ITEM_FAILURES,
        /** The answer has a result for every task. */
        BATCH_OPERATIONS,
        /** The answer has a result for every record. */
        FIREHOSE
    }

    static Event direct(EventItem item) {
        return new Event(Form.DIRECT, List.of(item), null, null, null);
    }

    static Event itemFailures(List<EventItem> items) {
        return new Event(Form.ITEM_FAILURES, List.copyOf(items), null, null, null);
    }

    static Event batchOperations(List<EventItem> tasks, String schema, @Nullable String invocation) {
        return new Event(Form.BATCH_OPERATIONS, List.copyOf(tasks), schema, invocation, null);
    }

    static Event firehose(FirehoseEvent records) {
        return new Event(Form.FIREHOSE, List.of(), null, null, records);
    }

    /** An event that is not supported as a whole. */
    static Event refused(String why) {
        return direct(new EventItem(null, List.of(), 0, List.of(why)));
    }
}
