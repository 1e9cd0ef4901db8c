package io.flowlog.lambda;

import io.flowlog.s3.S3ObjectRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of S3 Batch Operations ("Invoking a Lambda function from S3 Batch Operations", Amazon S3 User Guide). Schema 1.0
 * has the ARN of the bucket, schema 2.0 its name. Keys are form-encoded in both.
 */
final class BatchTask {
    static final String WITHOUT_ID = "a Batch Operations task has no taskId";

    static EventItem read(
            @Nullable String id,
            @Nullable String bucketName,
            @Nullable String bucketArn,
            @Nullable String key,
            @Nullable String versionId) {
        String bucket = bucketName != null || bucketArn == null
                ? bucketName
                : bucketArn.substring(bucketArn.lastIndexOf(':') + 1);
        if (bucket == null || key == null) {
            return new EventItem(id, List.of(), 0, List.of("the task has no bucket or no key"));
        }
        try {
            S3ObjectRef object = new S3ObjectRef(bucket, KeyText.formDecoded(key), versionId, null);
            return new EventItem(id, List.of(new AnnouncedObject(object, -1)), 0, List.of());
        } catch (IllegalArgumentException e) {
            return new EventItem(id, List.of(), 0, List.of("the task is invalid: " + e.getMessage()));
        }
    }

    static Event event(List<EventItem> tasks, @Nullable String schema, @Nullable String invocation) {
        if (!"1.0".equals(schema) && !"2.0".equals(schema)) {
            return Event.refused(
                    "the Batch Operations event has an unsupported schema version; 1.0 and 2.0 are supported");
        }
        if (tasks.stream().anyMatch(task -> task.id() == null)) {
            return Event.refused(WITHOUT_ID);
        }
        return Event.batchOperations(tasks, schema, invocation);
    }

    private BatchTask() {}
}
