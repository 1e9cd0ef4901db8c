package io.flowlog.lambda;

import com.amazonaws.services.lambda.runtime.events.S3BatchEvent;
import com.amazonaws.services.lambda.runtime.events.S3BatchEventV2;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3ObjectEntity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the types of aws-lambda-java-events. Their members are null if the event lacks them. */
final class TypedEvents {
    private static final String NO_RECORDS = "the event has no Records";

    static Event s3(S3Event event) {
        List<S3EventNotificationRecord> records = event.getRecords();
        if (records == null) {
            return Event.refused(NO_RECORDS);
        }
        EventItemReader item = new EventItemReader();
        for (S3EventNotificationRecord record : records) {
            S3ObjectEntity object =
                    record.getS3() == null ? null : record.getS3().getObject();
            boolean bucket = record.getS3() != null && record.getS3().getBucket() != null;
            Long size = object == null ? null : object.getSizeAsLong();
            item.s3Record(
                    record.getEventVersion(),
                    record.getEventName(),
                    bucket ? record.getS3().getBucket().getName() : null,
                    object == null ? null : object.getKey(),
                    object == null ? null : object.getVersionId(),
                    object == null ? null : object.geteTag(),
                    size == null ? -1 : size);
        }
        return Event.direct(item.end(null));
    }

    static Event sqs(SQSEvent event) {
        if (event.getRecords() == null) {
            return Event.refused(NO_RECORDS);
        }
        List<EventItem> messages = new ArrayList<>();
        for (SQSEvent.SQSMessage message : event.getRecords()) {
            EventItemReader item = new EventItemReader();
            item.message(message.getEventSource(), message.getBody());
            messages.add(item.end(message.getMessageId()));
        }
        return Event.itemFailures(messages);
    }

    static Event sns(SNSEvent event) {
        if (event.getRecords() == null) {
            return Event.refused(NO_RECORDS);
        }
        EventItemReader item = new EventItemReader();
        for (SNSEvent.SNSRecord record : event.getRecords()) {
            item.notification(record.getSNS() == null ? null : record.getSNS().getMessage());
        }
        return Event.direct(item.end(null));
    }

    static Event batch(S3BatchEvent event) {
        List<EventItem> tasks = new ArrayList<>();
        for (S3BatchEvent.Task task : orEmpty(event.getTasks())) {
            tasks.add(BatchTask.read(
                    task.getTaskId(), null, task.getS3BucketArn(), task.getS3Key(), task.getS3VersionId()));
        }
        return BatchTask.event(tasks, event.getInvocationSchemaVersion(), event.getInvocationId());
    }

    static Event batch(S3BatchEventV2 event) {
        List<EventItem> tasks = new ArrayList<>();
        for (S3BatchEventV2.Task task : orEmpty(event.getTasks())) {
            tasks.add(
                    BatchTask.read(task.getTaskId(), task.getS3Bucket(), null, task.getS3Key(), task.getS3VersionId()));
        }
        return BatchTask.event(tasks, event.getInvocationSchemaVersion(), event.getInvocationId());
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private TypedEvents() {}
}
