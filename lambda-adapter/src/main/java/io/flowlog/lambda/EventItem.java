package io.flowlog.lambda;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of an event that is answered separately: an SQS message, a Kinesis record, a Batch Operations task, or a whole
 * direct event.
 *
 * @param id the message id, sequence number or task id; null for a direct event
 * @param work what to deliver, possibly nothing
 * @param ignored how many records require no work, such as test events and removals
 * @param refused why the item, or a part of it, is not supported; empty if all of it is
 */
record EventItem(@Nullable String id, List<Work> work, int ignored, List<String> refused) {}
