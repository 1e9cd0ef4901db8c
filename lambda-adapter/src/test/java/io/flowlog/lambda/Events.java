package io.flowlog.lambda;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Events in the shapes of AWS's documentation. */
final class Events {
    static final String BUCKET = "flow-logs";

    static final String TEST_EVENT = """
            {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-23T00:00:00.000Z","Bucket":"flow-logs",\
            "RequestId":"5582815E1AEA5ADF","HostId":"8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR"}""";

    static String s3(String... keys) {
        return "{\"Records\":["
                + Arrays.stream(keys)
                        .map(key -> s3Record(key, "ObjectCreated:Put", ""))
                        .collect(Collectors.joining(","))
                + "]}";
    }

    static String s3(List<String> records) {
        return "{\"Records\":[" + String.join(",", records) + "]}";
    }

    /** One record; {@code more} is put into its object, such as {@code ,"size":5}. */
    static String s3Record(String key, String eventName, String more) {
        return """
            {"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2026-11-23T00:00:00.000Z",\
            "eventName":"%s","userIdentity":{"principalId":"AWS:X"},"requestParameters":{"sourceIPAddress":"192.0.2.1"},\
            "responseElements":{"x-amz-request-id":"C3D13FE58DE4C810"},"s3":{"s3SchemaVersion":"1.0","configurationId":"c",\
            "bucket":{"name":"%s","ownerIdentity":{"principalId":"A3"},"arn":"arn:aws:s3:::%s"},\
            "object":{"key":"%s","sequencer":"0055AED6DCD90281E5"%s}}}""".formatted(eventName, BUCKET, BUCKET, URLEncoder.encode(key, StandardCharsets.UTF_8), more);
    }

    static String sns(String message) {
        return """
            {"Records":[{"EventSource":"aws:sns","EventVersion":"1.0",\
            "EventSubscriptionArn":"arn:aws:sns:us-east-1:123456789012:t:1","Sns":%s}]}""".formatted(snsNotification(message));
    }

    static String snsNotification(String message) {
        return """
            {"Type":"Notification","MessageId":"95df01b4","TopicArn":"arn:aws:sns:us-east-1:123456789012:t",\
            "Subject":"Amazon S3 Notification","Message":%s,"Timestamp":"2026-11-23T00:00:00.000Z"}""".formatted(quoted(message));
    }

    static String eventBridge(String key, String detailType, String more) {
        return """
            {"version":"0","id":"17793124","detail-type":"%s","source":"aws.s3","account":"123456789012",\
            "time":"2026-11-23T00:00:00Z","region":"us-east-1","resources":["arn:aws:s3:::%s"],"detail":{"version":"0",\
            "bucket":{"name":"%s"},"object":{"key":%s,"sequencer":"00617F08299329D189"%s},"request-id":"N4N7GDK58NMKJ12R",\
            "requester":"123456789012","reason":"PutObject"}}""".formatted(detailType, BUCKET, BUCKET, quoted(key), more);
    }

    static String sqs(String... bodies) {
        StringBuilder messages = new StringBuilder();
        for (int i = 0; i < bodies.length; i++) {
            messages.append(i == 0 ? "" : ",").append(message("m" + i, bodies[i]));
        }
        return "{\"Records\":[" + messages + "]}";
    }

    static String message(String id, String body) {
        return """
            {"messageId":"%s","receiptHandle":"AQEB","body":%s,"attributes":{"ApproximateReceiveCount":"1"},\
            "messageAttributes":{},"md5OfBody":"7b27","eventSource":"aws:sqs",\
            "eventSourceARN":"arn:aws:sqs:us-east-1:123456789012:q","awsRegion":"us-east-1"}""".formatted(id, quoted(body));
    }

    static String batch1(String key) {
        return """
            {"invocationSchemaVersion":"1.0","invocationId":"YXNk","job":{"id":"f3cc4f60"},"tasks":[{"taskId":"dGFza2lk",\
            "s3Key":"%s","s3VersionId":null,"s3BucketArn":"arn:aws:s3:::%s"}]}""".formatted(URLEncoder.encode(key, StandardCharsets.UTF_8), BUCKET);
    }

    static String batch2(String key) {
        return """
            {"invocationSchemaVersion":"2.0","invocationId":"YXNk","job":{"id":"f3cc4f60","userArguments":{"a":"b"}},\
            "tasks":[{"taskId":"dGFza2lk","s3Key":"%s","s3VersionId":null,"s3Bucket":"%s"}]}""".formatted(URLEncoder.encode(key, StandardCharsets.UTF_8), BUCKET);
    }

    static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                        .replace("\u001b", "\\u001b")
                + '"';
    }

    private Events() {}
}
