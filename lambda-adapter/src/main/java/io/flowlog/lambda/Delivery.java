package io.flowlog.lambda;

import io.flowlog.s3.S3ObjectRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is answered as one: an SQS message, a Batch Operations task, or the whole of a direct event.
 *
 * @param id the message id or task id; null for a direct event
 * @param objects what to deliver, possibly nothing
 * @param ignored how many parts of it asked for nothing (test events, removals)
 * @param refused why it, or a part of it, cannot be understood; empty when all of it was
 */
record Delivery(@Nullable String id, List<Target> objects, int ignored, List<String> refused) {

    /**
     * One object to deliver.
     *
     * @param object exactly what to read
     * @param size its size as the event tells, or -1
     */
    record Target(S3ObjectRef object, long size) {}
}
