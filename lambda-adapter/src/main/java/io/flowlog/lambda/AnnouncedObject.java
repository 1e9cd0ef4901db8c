package io.flowlog.lambda;

import io.flowlog.s3.S3ObjectRef;

/**
 * An object that an event names.
 *
 * @param ref what to read
 * @param size the compressed size in bytes according to the event, or -1 if the event does not contain it
 */
record AnnouncedObject(S3ObjectRef ref, long size) implements Work {
    @Override
    public WorkDelivery delivery(InvocationScope scope) {
        return new ObjectDelivery(scope, ref);
    }
}
