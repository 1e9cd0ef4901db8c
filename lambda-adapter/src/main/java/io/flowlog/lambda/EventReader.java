package io.flowlog.lambda;

import io.flowlog.lambda.Delivery.Target;
import io.flowlog.lambda.Event.Form;
import io.flowlog.s3.S3ObjectRef;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes an event out of its envelopes: S3 notification, SQS, SNS, EventBridge, S3 Batch Operations. What is none of these
 * is refused, never taken for an empty event. The shapes are those of the Amazon S3, SNS, SQS and EventBridge guides
 * ("Event message structure", "Amazon S3 event notification via EventBridge", "Invoking a Lambda function from S3 Batch
 * Operations").
 */
final class EventReader {
    private static final int MAX_WRAPPINGS = 3;

    static Event read(InputStream in) {
        Map<String, @Nullable Object> root;
        try {
            root = Json.object(Json.read(in));
        } catch (IOException e) {
            return refused("the event is not JSON within our limits");
        }
        if (root == null) {
            return refused("the event is not a JSON object");
        }
        if (root.get("tasks") != null && root.get("invocationId") != null) {
            return BatchTasks.read(root);
        }
        List<@Nullable Object> records = Json.list(root.get("Records"));
        return records != null && isSqs(records) ? sqs(records) : direct(root);
    }

    private static Event refused(String why) {
        return new Event(Form.DIRECT, List.of(new Delivery(null, List.of(), 0, List.of(why))), null, null);
    }

    private static boolean isSqs(List<@Nullable Object> records) {
        return records.stream().anyMatch(r -> "aws:sqs".equals(Json.text(Json.object(r), "eventSource")));
    }

    private static Event direct(Map<String, @Nullable Object> root) {
        Parts parts = new Parts();
        parts.document(root, 0);
        return new Event(Form.DIRECT, List.of(parts.delivery(null)), null, null);
    }

    private static Event sqs(List<@Nullable Object> records) {
        List<Delivery> messages = new ArrayList<>();
        for (Object element : records) {
            Map<String, @Nullable Object> message = Json.object(element);
            Parts parts = new Parts();
            if (message == null || !"aws:sqs".equals(Json.text(message, "eventSource"))) {
                parts.refused.add("a record beside SQS messages is not one");
            } else {
                parts.text(Json.text(message, "body"), "the message body", 0);
            }
            messages.add(parts.delivery(Json.text(message, "messageId")));
        }
        return new Event(Form.SQS, messages, null, null);
    }

    /** Gathers what one delivery asks for, through all its wrappings. */
    private static final class Parts {
        final List<Target> targets = new ArrayList<>();
        final List<String> refused = new ArrayList<>();
        int ignored;

        Delivery delivery(@Nullable String id) {
            return new Delivery(id, List.copyOf(targets), ignored, List.copyOf(refused));
        }

        void text(@Nullable String json, String what, int wrappings) {
            try {
                document(json == null ? null : Json.object(Json.read(json)), wrappings);
            } catch (IOException e) {
                refused.add(what + " is not JSON");
            }
        }

        void document(@Nullable Map<String, @Nullable Object> document, int wrappings) {
            if (document == null) {
                refused.add("the event is not a JSON object");
            } else if (wrappings > MAX_WRAPPINGS) {
                refused.add("the event is wrapped too often");
            } else if (document.containsKey("Records")) {
                records(Json.list(document.get("Records")), wrappings);
            } else if ("s3:TestEvent".equals(Json.text(document, "Event"))) {
                ignored++;
            } else if ("Notification".equals(Json.text(document, "Type")) && document.containsKey("TopicArn")) {
                text(Json.text(document, "Message"), "the SNS message", wrappings + 1);
            } else if (document.containsKey("requestContext") && Json.object(document.get("requestPayload")) != null) {
                // What Lambda keeps at the failure destination, when it is moved from there to the queue.
                document(Json.object(document.get("requestPayload")), wrappings + 1);
            } else if (document.containsKey("detail-type") && document.containsKey("source")) {
                eventBridge(document);
            } else {
                refused.add("the event is none that this function knows (S3, SQS, SNS, EventBridge, Batch Operations)");
            }
        }

        private void records(@Nullable List<@Nullable Object> records, int wrappings) {
            if (records == null) {
                refused.add("the event's Records are not a list");
                return;
            }
            for (Object element : records) {
                Map<String, @Nullable Object> record = Json.object(element);
                String source = Json.text(record, "eventSource");
                if (source == null) {
                    source = Json.text(record, "EventSource");
                }
                if (record == null || source == null) {
                    refused.add("a record does not say where it comes from");
                } else if (source.equals("aws:s3")) {
                    s3(record);
                } else if (source.equals("aws:sns")) {
                    text(Json.text(Json.object(record.get("Sns")), "Message"), "the SNS message", wrappings + 1);
                } else {
                    refused.add("a record comes from a service that this function does not know");
                }
            }
        }

        private void s3(Map<String, @Nullable Object> record) {
            String version = Json.text(record, "eventVersion");
            if (version == null || !(version.equals("2") || version.startsWith("2."))) {
                refused.add("an S3 record has an eventVersion other than 2.x");
                return;
            }
            String name = Json.text(record, "eventName");
            if (name == null) {
                refused.add("an S3 record has no eventName");
                return;
            }
            String bare = name.startsWith("s3:") ? name.substring(3) : name;
            if (!bare.startsWith("ObjectCreated:")) {
                ignored++;
                return;
            }
            Map<String, @Nullable Object> s3 = Json.object(record.get("s3"));
            Map<String, @Nullable Object> object = s3 == null ? null : Json.object(s3.get("object"));
            String bucket = s3 == null ? null : Json.text(Json.object(s3.get("bucket")), "name");
            String key = Json.text(object, "key");
            if (bucket == null || key == null) {
                refused.add("an S3 record names no bucket or no key");
                return;
            }
            try {
                add(
                        bucket,
                        KeyText.formDecoded(key),
                        Json.text(object, "versionId"),
                        Json.text(object, "eTag"),
                        object);
            } catch (IllegalArgumentException e) {
                refused.add("an S3 record: " + e.getMessage());
            }
        }

        private void eventBridge(Map<String, @Nullable Object> event) {
            if (!"aws.s3".equals(Json.text(event, "source"))) {
                refused.add("the EventBridge event is not one of S3");
                return;
            }
            if (!"Object Created".equals(Json.text(event, "detail-type"))) {
                ignored++;
                return;
            }
            Map<String, @Nullable Object> detail = Json.object(event.get("detail"));
            Map<String, @Nullable Object> object = detail == null ? null : Json.object(detail.get("object"));
            String bucket = detail == null ? null : Json.text(Json.object(detail.get("bucket")), "name");
            String key = Json.text(object, "key");
            if (bucket == null || key == null) {
                refused.add("the EventBridge event names no bucket or no key");
                return;
            }
            add(bucket, key, Json.text(object, "version-id"), Json.text(object, "etag"), object);
        }

        private void add(
                String bucket,
                String key,
                @Nullable String versionId,
                @Nullable String etag,
                @Nullable Map<String, @Nullable Object> object) {
            targets.add(new Target(new S3ObjectRef(bucket, key, versionId, etag), Json.count(object, "size")));
        }
    }

    private EventReader() {}
}
