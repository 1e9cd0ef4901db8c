package io.flowlog.lambda;

import io.flowlog.s3.S3ObjectRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the objects that one item of an event names, and the log events that it holds, through all its envelopes. The
 * documents are described in the Amazon S3 User Guide ("Event message structure", "Using EventBridge"), in the guides of SNS
 * and SQS, in the AWS Lambda Developer Guide ("Using Lambda with CloudWatch Logs", "Using Lambda to process records from
 * Kinesis Data Streams").
 */
final class EventItemReader {
    private static final int MAX_ENVELOPES = 3;
    static final String SQS = "aws:sqs";
    static final String KINESIS = "aws:kinesis";
    private static final String S3 = "aws:s3";
    private static final String SNS = "aws:sns";

    private final List<Work> work = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private int ignored;

    EventItem end(@Nullable String id) {
        return new EventItem(id, List.copyOf(work), ignored, List.copyOf(refused));
    }

    void refuse(String why) {
        refused.add(why);
    }

    /** An SQS message. */
    void message(@Nullable String eventSource, @Nullable String body) {
        if (SQS.equals(eventSource)) {
            text(body, "the message body", 0);
        } else {
            refuse("an SQS event contains a record of another service");
        }
    }

    /** The record of a Kinesis stream. */
    void kinesisRecord(@Nullable String eventSource, @Nullable String sequenceNumber, @Nullable String base64) {
        if (!KINESIS.equals(eventSource)) {
            refuse("a Kinesis event contains a record of another service");
        } else if (base64 == null) {
            refuse("a Kinesis record has no data");
        } else {
            work.add(new LogData(sequenceNumber, base64));
        }
    }

    /** The message of an SNS notification. */
    void notification(@Nullable String message) {
        text(message, "the SNS message", 1);
    }

    /** A document without an envelope around it. */
    void document(JsonObject document) {
        document(document, 0);
    }

    private void text(@Nullable String json, String what, int envelopes) {
        try {
            if (json != null) {
                document(JsonObject.read(json), envelopes);
                return;
            }
        } catch (IOException e) {
            // reported below, like a text that is missing
        }
        refuse(what + " is not a JSON object");
    }

    private void document(JsonObject document, int envelopes) {
        JsonObject failedPayload = document.has("requestContext") ? document.object("requestPayload") : null;
        if (envelopes > MAX_ENVELOPES) {
            refuse("the event has too many envelopes");
        } else if (document.has("Records")) {
            records(document.objects("Records"), envelopes);
        } else if ("s3:TestEvent".equals(document.text("Event"))) {
            ignored++;
        } else if ("Notification".equals(document.text("Type")) && document.has("TopicArn")) {
            text(document.text("Message"), "the SNS message", envelopes + 1);
        } else if (failedPayload != null) {
            // A record that Lambda stored at the failure destination, and that was moved from there to the queue.
            document(failedPayload, envelopes + 1);
        } else if (document.has("awslogs")) {
            logEvents(document.text("awslogs", "data"));
        } else if (document.has("detail-type") && document.has("source")) {
            eventBridge(document);
        } else {
            refuse("the event is not supported; supported are events of S3, SQS, SNS, EventBridge, Batch Operations,"
                    + " CloudWatch Logs, Kinesis and Firehose");
        }
    }

    private void records(@Nullable List<@Nullable JsonObject> records, int envelopes) {
        if (records == null) {
            refuse("the event's Records are not a list");
            return;
        }
        for (JsonObject record : records) {
            String lower = record == null ? null : record.text("eventSource");
            String source = record == null || lower != null ? lower : record.text("EventSource");
            if (record == null || source == null) {
                refuse("a record has no eventSource");
            } else if (source.equals(S3)) {
                JsonObject s3 = record.object("s3");
                JsonObject object = s3 == null ? null : s3.object("object");
                s3Record(
                        record.text("eventVersion"),
                        record.text("eventName"),
                        s3 == null ? null : s3.text("bucket", "name"),
                        object == null ? null : object.text("key"),
                        object == null ? null : object.text("versionId"),
                        object == null ? null : object.text("eTag"),
                        object == null ? -1 : object.count("size"));
            } else if (source.equals(SNS)) {
                text(record.text("Sns", "Message"), "the SNS message", envelopes + 1);
            } else {
                refuse("a record has an unsupported eventSource");
            }
        }
    }

    /** A record of an S3 notification; its key is form-encoded. */
    void s3Record(
            @Nullable String version,
            @Nullable String name,
            @Nullable String bucket,
            @Nullable String key,
            @Nullable String versionId,
            @Nullable String etag,
            long size) {
        if (version == null || !(version.equals("2") || version.startsWith("2."))) {
            refuse("an S3 record has an unsupported eventVersion; 2.x is supported");
        } else if (name == null) {
            refuse("an S3 record has no eventName");
        } else if (!(name.startsWith("s3:") ? name.substring(3) : name).startsWith("ObjectCreated:")) {
            ignored++;
        } else if (bucket == null || key == null) {
            refuse("an S3 record has no bucket name or no key");
        } else {
            try {
                add(bucket, KeyText.formDecoded(key), versionId, etag, size);
            } catch (IllegalArgumentException e) {
                refuse("an S3 record is invalid: " + e.getMessage());
            }
        }
    }

    /** An event of CloudWatch Logs. */
    void logEvents(@Nullable String base64) {
        if (base64 == null) {
            refuse("the event of CloudWatch Logs has no data");
        } else {
            work.add(new LogData(null, base64));
        }
    }

    /** An event of EventBridge; its key is not encoded. */
    private void eventBridge(JsonObject event) {
        JsonObject detail = event.object("detail");
        JsonObject object = detail == null ? null : detail.object("object");
        String bucket = detail == null ? null : detail.text("bucket", "name");
        String key = object == null ? null : object.text("key");
        if (!"aws.s3".equals(event.text("source"))) {
            refuse("the EventBridge event is not an event of S3");
        } else if (!"Object Created".equals(event.text("detail-type"))) {
            ignored++;
        } else if (object == null || bucket == null || key == null) {
            refuse("the EventBridge event has no bucket name or no key");
        } else {
            add(bucket, key, object.text("version-id"), object.text("etag"), object.count("size"));
        }
    }

    private void add(String bucket, String key, @Nullable String versionId, @Nullable String etag, long size) {
        work.add(new AnnouncedObject(new S3ObjectRef(bucket, key, versionId, etag), size));
    }
}
