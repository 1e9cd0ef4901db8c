package io.flowlog.lambda;

import io.flowlog.lambda.Delivery.Target;
import io.flowlog.lambda.Event.Form;
import io.flowlog.s3.S3ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** S3 Batch Operations: schema 1.0 names the bucket by its ARN, 2.0 by its name; keys are form-encoded in both. */
final class BatchTasks {
    static Event read(Map<String, @Nullable Object> root) {
        String schema = Json.text(root, "invocationSchemaVersion");
        List<@Nullable Object> tasks = Json.list(root.get("tasks"));
        List<Delivery> deliveries = new ArrayList<>();
        for (Object task : tasks == null ? List.of() : tasks) {
            deliveries.add(task(Json.object(task)));
        }
        boolean known = "1.0".equals(schema) || "2.0".equals(schema);
        if (!known || tasks == null || deliveries.stream().anyMatch(d -> d.id() == null)) {
            return new Event(
                    Form.DIRECT,
                    List.of(new Delivery(
                            null,
                            List.of(),
                            0,
                            List.of(
                                    known
                                            ? "a Batch Operations task has no taskId"
                                            : "the Batch Operations event has a schema other than 1.0 and 2.0"))),
                    null,
                    null);
        }
        return new Event(Form.BATCH_OPERATIONS, deliveries, schema, Json.text(root, "invocationId"));
    }

    private static Delivery task(@Nullable Map<String, @Nullable Object> task) {
        String id = Json.text(task, "taskId");
        String bucket = bucket(task);
        String key = Json.text(task, "s3Key");
        if (bucket == null || key == null) {
            return new Delivery(id, List.of(), 0, List.of("the task names no bucket or no key"));
        }
        try {
            S3ObjectRef object =
                    new S3ObjectRef(bucket, KeyText.formDecoded(key), Json.text(task, "s3VersionId"), null);
            return new Delivery(id, List.of(new Target(object, -1)), 0, List.of());
        } catch (IllegalArgumentException e) {
            return new Delivery(id, List.of(), 0, List.of("the task: " + e.getMessage()));
        }
    }

    private static @Nullable String bucket(@Nullable Map<String, @Nullable Object> task) {
        String name = Json.text(task, "s3Bucket");
        String arn = Json.text(task, "s3BucketArn");
        return name != null || arn == null ? name : arn.substring(arn.lastIndexOf(':') + 1);
    }

    private BatchTasks() {}
}
