package io.flowlog.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.S3BatchEvent;
import com.amazonaws.services.lambda.runtime.events.S3BatchEventV2;
import com.amazonaws.services.lambda.runtime.events.S3BatchResponse;
import com.amazonaws.services.lambda.runtime.events.S3BatchResponse.ResultCode;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.RequestParametersEntity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.ResponseElementsEntity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3BucketEntity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3Entity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3ObjectEntity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.UserIdentityEntity;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that AWS's own types make, through the stream handler, and its answers read back as AWS's types. */
class AwsEventsTest {
    private static final String KEY = "AWSLogs/aws-account-id=123456789012/ä b+c.log.gz";
    private static final String ENCODED = URLEncoder.encode(KEY, StandardCharsets.UTF_8);
    private static final String TIME = "2026-11-23T00:00:00.000Z";

    private LambdaUnderTest lambda;
    private String etag;

    @BeforeEach
    void start() throws IOException {
        lambda = new LambdaUnderTest();
        etag = lambda.putLog(KEY, 3);
    }

    @AfterEach
    void stop() throws IOException {
        lambda.close();
    }

    private static <T> String json(Class<T> type, T event) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        LambdaEventSerializers.serializerFor(type, AwsEventsTest.class.getClassLoader())
                .toJson(event, json);
        return json.toString(StandardCharsets.UTF_8);
    }

    private String s3Event(String encodedKey) {
        S3ObjectEntity object = new S3ObjectEntity(encodedKey, 99L, etag, "", "0055AED6DCD90281E5");
        S3BucketEntity bucket =
                new S3BucketEntity(Events.BUCKET, new UserIdentityEntity("A3"), "arn:aws:s3:::" + Events.BUCKET);
        S3EventNotificationRecord put = new S3EventNotificationRecord(
                "us-east-1",
                "ObjectCreated:Put",
                "aws:s3",
                TIME,
                "2.1",
                new RequestParametersEntity("192.0.2.1"),
                new ResponseElementsEntity("id", "request"),
                new S3Entity("c", bucket, object, "1.0"),
                new UserIdentityEntity("AWS:X"));
        return json(S3Event.class, new S3Event(List.of(put)));
    }

    private static String sqsEvent(String... bodies) {
        SQSEvent event = new SQSEvent();
        event.setRecords(IntStream.range(0, bodies.length)
                .mapToObj(i -> {
                    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
                    message.setMessageId("m" + i);
                    message.setReceiptHandle("AQEB");
                    message.setBody(bodies[i]);
                    message.setEventSource("aws:sqs");
                    message.setEventSourceArn("arn:aws:sqs:us-east-1:123456789012:q");
                    message.setAwsRegion("us-east-1");
                    message.setAttributes(Map.of("ApproximateReceiveCount", "1"));
                    return message;
                })
                .toList());
        return json(SQSEvent.class, event);
    }

    private static String snsEvent(String... messages) {
        return json(
                SNSEvent.class,
                new SNSEvent()
                        .withRecords(Arrays.stream(messages)
                                .map(message -> new SNSEvent.SNSRecord()
                                        .withEventSource("aws:sns")
                                        .withEventVersion("1.0")
                                        .withEventSubscriptionArn("arn:aws:sns:us-east-1:123456789012:t:1")
                                        .withSns(new SNSEvent.SNS()
                                                .withType("Notification")
                                                .withTopicArn("arn:aws:sns:us-east-1:123456789012:t")
                                                .withMessage(message)))
                                .toList()));
    }

    private static String eventBridgeEvent() {
        return json(
                ScheduledEvent.class,
                new ScheduledEvent()
                        .withId("17793124")
                        .withSource("aws.s3")
                        .withDetailType("Object Created")
                        .withAccount("123456789012")
                        .withRegion("us-east-1")
                        .withDetail(Map.of("bucket", Map.of("name", Events.BUCKET), "object", Map.of("key", KEY))));
    }

    @Test
    void deliversAnS3Event() {
        assertThat(lambda.invoke(s3Event(ENCODED))).isEqualTo("null");
        assertThat(lambda.delivered()).hasSize(3);
        assertThat(lambda.s3.requests().get(0).header("if-match")).isEqualTo('"' + etag + '"');
    }

    @Test
    void deliversAnSnsEvent() {
        assertThat(lambda.invoke(snsEvent(s3Event(ENCODED), s3Event(ENCODED)))).isEqualTo("null");
        assertThat(lambda.delivered()).hasSize(6);
    }

    @Test
    void deliversAnEventOfEventBridge() {
        assertThat(lambda.invoke(eventBridgeEvent())).isEqualTo("null");
        assertThat(lambda.delivered()).hasSize(3);
    }

    @Test
    void answersAnSqsEventWithTheMessagesThatFailed() {
        String event = sqsEvent(s3Event("missing"), s3Event(ENCODED), "not json", eventBridgeEvent());
        assertThat(AwsAnswers.failed(lambda.invoke(event))).containsExactly("m0", "m2");
        assertThat(lambda.delivered()).hasSize(6);
        assertThat(AwsAnswers.failed(lambda.invoke(sqsEvent(s3Event(ENCODED))))).isEmpty();
    }

    @Test
    void answersBothVersionsOfS3BatchOperations() {
        String bucketArn = "arn:aws:s3:::" + Events.BUCKET;
        String first = AwsAnswers.write(new S3BatchEvent(
                "1.0",
                "YXNk",
                new S3BatchEvent.Job("f3cc4f60"),
                List.of(new S3BatchEvent.Task("one", ENCODED, null, bucketArn))));
        String second = AwsAnswers.write(new S3BatchEventV2(
                "2.0",
                "YXNk",
                new S3BatchEventV2.Job("f3cc4f60", Map.of("a", "b")),
                List.of(
                        new S3BatchEventV2.Task("one", ENCODED, null, Events.BUCKET),
                        new S3BatchEventV2.Task("two", "missing", null, Events.BUCKET))));
        assertThat(results(first, "1.0")).containsExactly("one Succeeded");
        assertThat(results(second, "2.0")).containsExactly("one Succeeded", "two PermanentFailure");
        assertThat(lambda.delivered()).hasSize(6);
    }

    private List<String> results(String event, String schema) {
        S3BatchResponse answer = AwsAnswers.read(S3BatchResponse.class, lambda.invoke(event));
        assertThat(answer.getInvocationSchemaVersion()).isEqualTo(schema);
        assertThat(answer.getInvocationId()).isEqualTo("YXNk");
        assertThat(answer.getTreatMissingKeysAs()).isEqualTo(ResultCode.TemporaryFailure);
        return answer.getResults().stream()
                .map(result -> result.getTaskId() + " " + result.getResultCode())
                .toList();
    }
}
