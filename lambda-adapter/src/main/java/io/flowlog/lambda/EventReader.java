package io.flowlog.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event as JSON: an S3 notification, SQS, SNS, EventBridge, S3 Batch Operations, CloudWatch Logs, Kinesis or
 * Firehose. Every other document is reported as unsupported, and never treated as an empty event.
 */
final class EventReader {
    static Event read(InputStream in) {
        JsonObject root;
        try {
            root = JsonObject.read(in);
        } catch (IOException e) {
            return Event.refused("the event is not a JSON object, or it exceeds the limits of this function");
        }
        if (FirehoseEvent.isOne(root)) {
            return FirehoseEvent.read(root);
        }
        if (root.objects("tasks") != null && root.has("invocationId")) {
            return batchOperations(root);
        }
        List<@Nullable JsonObject> records = root.objects("Records");
        if (records != null && anyIsFrom(EventItemReader.SQS, records)) {
            return sqs(records);
        }
        if (records != null && anyIsFrom(EventItemReader.KINESIS, records)) {
            return kinesis(records);
        }
        EventItemReader item = new EventItemReader();
        item.document(root);
        return Event.direct(item.end(null));
    }

    private static boolean anyIsFrom(String service, List<@Nullable JsonObject> records) {
        return records.stream().anyMatch(record -> record != null && service.equals(record.text("eventSource")));
    }

    private static Event sqs(List<@Nullable JsonObject> records) {
        List<EventItem> messages = new ArrayList<>();
        for (JsonObject message : records) {
            EventItemReader item = new EventItemReader();
            if (message == null) {
                item.refuse("an SQS event contains a record that is not an object");
                messages.add(item.end(null));
            } else {
                item.message(message.text("eventSource"), message.text("body"));
                messages.add(item.end(message.text("messageId")));
            }
        }
        return Event.itemFailures(messages);
    }

    private static Event kinesis(List<@Nullable JsonObject> records) {
        List<EventItem> items = new ArrayList<>();
        for (JsonObject record : records) {
            EventItemReader item = new EventItemReader();
            String number = record == null ? null : record.text("kinesis", "sequenceNumber");
            item.kinesisRecord(
                    record == null ? null : record.text("eventSource"),
                    number,
                    record == null ? null : record.text("kinesis", "data"));
            items.add(item.end(number));
        }
        return Event.itemFailures(items);
    }

    private static Event batchOperations(JsonObject root) {
        List<EventItem> tasks = new ArrayList<>();
        for (JsonObject task : Objects.requireNonNull(root.objects("tasks"))) {
            if (task == null) {
                return Event.refused(BatchTask.WITHOUT_ID);
            }
            tasks.add(BatchTask.read(
                    task.text("taskId"),
                    task.text("s3Bucket"),
                    task.text("s3BucketArn"),
                    task.text("s3Key"),
                    task.text("s3VersionId")));
        }
        return BatchTask.event(tasks, root.text("invocationSchemaVersion"), root.text("invocationId"));
    }

    private EventReader() {}
}
