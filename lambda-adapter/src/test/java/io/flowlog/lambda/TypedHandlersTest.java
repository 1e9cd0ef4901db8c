package io.flowlog.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.S3BatchEvent;
import com.amazonaws.services.lambda.runtime.events.S3BatchEventV2;
import com.amazonaws.services.lambda.runtime.events.S3BatchResponse;
import com.amazonaws.services.lambda.runtime.events.S3BatchResponse.ResultCode;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as AWS's runtime makes them from the documented JSON, and answers as AWS's types. */
class TypedHandlersTest {
    private static final Context CONTEXT = new FakeContext(60_000);

    private LambdaUnderTest lambda;

    @BeforeEach
    void start() throws IOException {
        lambda = new LambdaUnderTest();
        lambda.putLog("year=2026/a b+c.log.gz", 3);
    }

    @AfterEach
    void stop() throws IOException {
        lambda.close();
    }

    private static <T> T event(Class<T> type, String json) {
        return LambdaEventSerializers.serializerFor(type, TypedHandlersTest.class.getClassLoader())
                .fromJson(json);
    }

    @Test
    void deliversS3Events() {
        S3EventHandler handler = new S3EventHandler(lambda.environment);
        assertThat(handler.handleRequest(event(S3Event.class, Events.s3("year=2026/a b+c.log.gz")), CONTEXT))
                .isNull();
        assertThat(lambda.delivered()).hasSize(3);
    }

    @Test
    void readsTheVersionOfS3EventsAndTheEtagThatTheyName() {
        String etag = lambda.putLog("v", 1);
        lambda.s3.putVersion(Events.BUCKET, "w", "v1", LambdaUnderTest.gzip(LambdaUnderTest.flowLog(1)));
        S3Event event = event(
                S3Event.class,
                Events.s3(List.of(
                        Events.s3Record("v", "ObjectCreated:Put", ",\"eTag\":\"" + etag + "\",\"size\":99"),
                        Events.s3Record("w", "ObjectCreated:Put", ",\"versionId\":\"v1\""),
                        Events.s3Record("x", "ObjectRemoved:Delete", ""))));
        new S3EventHandler(lambda.environment).handleRequest(event, CONTEXT);
        assertThat(lambda.s3.requests())
                .hasSize(2)
                .anySatisfy(request -> assertThat(request.header("if-match")).isEqualTo('"' + etag + '"'))
                .anySatisfy(request -> assertThat(request.query("versionId")).isEqualTo("v1"));
        assertThat(lambda.metric("IgnoredEvents")).isEqualTo(1);
    }

    @Test
    void failsAnS3EventAfterEverythingInItWasTried() {
        S3Event event = event(S3Event.class, Events.s3("missing", "year=2026/a b+c.log.gz"));
        assertThatThrownBy(() -> new S3EventHandler(lambda.environment).handleRequest(event, CONTEXT))
                .isInstanceOf(InvocationFailedException.class)
                .hasMessageContaining("s3://flow-logs/missing");
        assertThat(lambda.delivered()).hasSize(3);
    }

    @Test
    void refusesEventsWithoutRecords() {
        assertThatThrownBy(() ->
                        new SqsEventHandler(lambda.environment).handleRequest(event(SQSEvent.class, "{}"), CONTEXT))
                .hasMessageContaining("no Records");
        assertThatThrownBy(() ->
                        new SnsEventHandler(lambda.environment).handleRequest(event(SNSEvent.class, "{}"), CONTEXT))
                .hasMessageContaining("no Records");
        assertThatThrownBy(
                        () -> new BatchOperationsHandler(lambda.environment).handleRequest(new S3BatchEvent(), CONTEXT))
                .hasMessageContaining("schema");
    }

    /** AWS's type turns an event without Records, such as s3:TestEvent, into one with an empty list. */
    @Test
    void acceptsAnS3EventWithAnEmptyListOfRecords() {
        assertThat(new S3EventHandler(lambda.environment)
                        .handleRequest(event(S3Event.class, Events.TEST_EVENT), CONTEXT))
                .isNull();
        assertThat(lambda.s3.requests()).isEmpty();
    }

    @Test
    void snsEventsAreDelivered() {
        SNSEvent event = event(SNSEvent.class, Events.sns(Events.s3("year=2026/a b+c.log.gz")));
        assertThat(new SnsEventHandler(lambda.environment).handleRequest(event, CONTEXT))
                .isNull();
        assertThat(lambda.delivered()).hasSize(3);
    }

    @Test
    void sqsEventsAreAnsweredWithTheMessagesThatFailedLikeThoseOfTheStreamHandler() {
        String json = Events.sqs(
                Events.s3("year=2026/a b+c.log.gz"),
                Events.s3("missing"),
                Events.snsNotification(Events.s3("year=2026/a b+c.log.gz")),
                Events.eventBridge("missing too", "Object Created", ""),
                "not json",
                Events.TEST_EVENT);
        SQSBatchResponse answer =
                new SqsEventHandler(lambda.environment).handleRequest(event(SQSEvent.class, json), CONTEXT);
        assertThat(AwsAnswers.failed(answer)).containsExactly("m1", "m3", "m4");
        assertThat(AwsAnswers.failed(lambda.invoke(json))).isEqualTo(AwsAnswers.failed(answer));
        assertThat(lambda.delivered()).hasSize(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "2.0"})
    void batchOperationsIsAnsweredWithAResultForEveryTaskLikeThatOfTheStreamHandler(String schema) {
        for (String key : List.of("year=2026/a b+c.log.gz", "missing")) {
            String json = schema.equals("1.0") ? Events.batch1(key) : Events.batch2(key);
            S3BatchResponse answer = schema.equals("1.0")
                    ? new BatchOperationsHandler(lambda.environment)
                            .handleRequest(AwsAnswers.read(S3BatchEvent.class, json), CONTEXT)
                    : new BatchOperationsV2Handler(lambda.environment)
                            .handleRequest(AwsAnswers.read(S3BatchEventV2.class, json), CONTEXT);
            assertThat(answer.getInvocationSchemaVersion()).isEqualTo(schema);
            assertThat(answer.getInvocationId()).isEqualTo("YXNk");
            assertThat(answer.getTreatMissingKeysAs()).isEqualTo(ResultCode.TemporaryFailure);
            assertThat(answer.getResults()).singleElement().satisfies(result -> {
                assertThat(result.getTaskId()).isEqualTo("dGFza2lk");
                assertThat(result.getResultCode())
                        .isEqualTo(key.equals("missing") ? ResultCode.PermanentFailure : ResultCode.Succeeded);
                assertThat(result.getResultString()).startsWith("s3://flow-logs/" + key + ": ");
            });
            assertThat(AwsAnswers.read(S3BatchResponse.class, lambda.invoke(json)))
                    .isEqualTo(answer);
        }
    }

    @Test
    void theSnippetInTheDocsIsTheCodeBelowAndDelivers() throws Exception {
        String source = Files.readString(
                Path.of("src/test/java", TypedHandlersTest.class.getName().replace('.', '/') + ".java"));
        String snippet = source.substring(source.indexOf("// snippet\n") + 11, source.indexOf("\n    // end\n"))
                .stripIndent()
                .replace("public static final class", "public final class")
                .replace(
                        "flowLogs;\n\n    MyFunction(SqsEventHandler flowLogs) {\n        this.flowLogs = flowLogs;\n    }\n",
                        "flowLogs = new SqsEventHandler();\n");
        assertThat(Files.readString(Path.of("../docs/configuration.md"))).contains("```java\n" + snippet + "\n```");
        SQSEvent event = event(SQSEvent.class, Events.sqs(Events.s3("year=2026/a b+c.log.gz"), Events.s3("missing")));
        MyFunction function = new MyFunction(new SqsEventHandler(lambda.environment));
        assertThat(AwsAnswers.failed(function.handleRequest(event, CONTEXT))).containsExactly("m1");
        assertThat(lambda.delivered()).hasSize(3);
    }

    /** As docs/configuration.md shows it, but with the settings of this test instead of the environment. */
    // snippet
    public static final class MyFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
        private final SqsEventHandler flowLogs;

        MyFunction(SqsEventHandler flowLogs) {
            this.flowLogs = flowLogs;
        }

        @Override
        public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
            return flowLogs.handleRequest(event, context);
        }
    }
    // end
}
