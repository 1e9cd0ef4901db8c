package io.flowlog.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Received;
import io.flowlog.sink.http.testing.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTokenTest {
    private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:lake-AbCdEf";
    private static final String ONE_FAILURE = "{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"}]}";
    private static final String NO_FAILURE = "{\"batchItemFailures\":[]}";

    private RawLake secrets;
    private LambdaUnderTest lambda;

    private void start(Script secretsManager, Script lake) throws IOException {
        secrets = RawLake.start(secretsManager);
        lambda = new LambdaUnderTest(lake);
        lambda.environment.remove("DASSANA_TOKEN");
        lambda.environment.put("DASSANA_TOKEN_SECRET_ARN", ARN);
        lambda.environment.put(
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.uri().toString().replace("/logs", ""));
        lambda.putLog("a", 2);
        lambda.putLog("b", 2);
    }

    @AfterEach
    void stop() throws IOException {
        lambda.close();
        secrets.close();
    }

    private static Script secret(String value) {
        return (request, connection) -> connection.answer(
                200,
                "{\"ARN\":\"" + ARN + "\",\"SecretString\":" + Events.quoted(value) + "}",
                "Content-Type: application/x-amz-json-1.1");
    }

    private static Script error(int status, String code) {
        return (request, connection) -> connection.answer(
                status,
                "{\"__type\":\"" + code + "\",\"message\":\"said by the stub\"}",
                "Content-Type: application/x-amz-json-1.1",
                "x-amzn-ErrorType: " + code);
    }

    /** A lake that takes only this token. */
    private static Script takes(String token) {
        return (request, connection) -> {
            boolean known = token.equals(request.header("x-dassana-token"));
            connection.answer(known ? 200 : 401, known ? Script.docCount(request) : "{}");
        };
    }

    @Test
    void readsTheSecretAtTheFirstEventAndNotAgain() throws IOException {
        start(secret("plain-token"), takes("plain-token"));
        lambda.handler();
        assertThat(secrets.received()).isEmpty();
        assertThat(lambda.invoke(Events.sqs(Events.s3("a")))).isEqualTo(NO_FAILURE);
        assertThat(lambda.invoke(Events.sqs(Events.s3("b")))).isEqualTo(NO_FAILURE);
        assertThat(secrets.received()).hasSize(1);
        Received asked = secrets.received().get(0);
        assertThat(asked.header("x-amz-target")).isEqualTo("secretsmanager.GetSecretValue");
        assertThat(new String(asked.body())).contains(ARN);
        assertThat(Objects.requireNonNull(asked.header("authorization"))).contains("/eu-west-1/secretsmanager/");
    }

    @ParameterizedTest
    @ValueSource(strings = {" tok \n", "{\"token\":\"tok\"}", " {\"user\":\"u\",\"token\":\" tok \"}"})
    void c3TakesPlainTextOrJsonWithTheKeyToken(String value) throws IOException {
        start(secret(value), takes("tok"));
        assertThat(lambda.invoke(Events.sqs(Events.s3("a")))).isEqualTo(NO_FAILURE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"api_key\":\"SECRET\",\"user\":\"SECRET\"} | its keys are api_key, user",
                "{\"token\":5} | its keys are token",
                "{SECRET | begins like JSON, but is not valid JSON",
                "SECRET\u20ac | a character outside ASCII",
                "changeme | is a placeholder"
            })
    void c3FailsOverAnotherSecretAndNamesOnlyItsKeys(String value, String says) throws IOException {
        start(secret(value), takes("tok"));
        assertThat(lambda.invoke(Events.sqs(Events.s3("a")))).isEqualTo(ONE_FAILURE);
        assertThat(lambda.logged()).contains(says).doesNotContain("SECRET");
        assertThat(lambda.lake.received()).isEmpty();
    }

    @Test
    void c3FailsOverABinarySecret() throws IOException {
        start((request, connection) -> connection.answer(200, "{\"SecretBinary\":\"AAAA\"}"), takes("tok"));
        assertThat(lambda.invoke(Events.sqs(Events.s3("a")))).isEqualTo(ONE_FAILURE);
        assertThat(lambda.logged()).contains("binary");
    }

    @Test
    void c4TriesAgainWhenSecretsManagerIsBusy() throws IOException {
        start(
                Script.inTurn(error(400, "ThrottlingException"), error(500, "InternalServiceError"), secret("tok")),
                takes("tok"));
        assertThat(lambda.invoke(Events.sqs(Events.s3("a")))).isEqualTo(NO_FAILURE);
    }

    @Test
    void c4FailsTheFirstEventWhenSecretsManagerIsDownAndRecoversWithIt() throws IOException {
        Script down = error(500, "InternalServiceError");
        start(Script.inTurn(down, down, down, down, secret("tok")), takes("tok"));
        String first = lambda.invoke(Events.sqs(Events.s3("a")));
        assertThat(first).isEqualTo(ONE_FAILURE);
        assertThat(lambda.invoke(Events.sqs(Events.s3("a")))).isEqualTo(NO_FAILURE);
    }

    @Test
    void c5H14ReadsTheSecretOnceMoreWhenTheTokenWasRotated() throws IOException {
        start(Script.inTurn(secret("old"), secret("new")), takes("new"));
        assertThat(lambda.invoke(Events.sqs(Events.s3("a")))).isEqualTo(NO_FAILURE);
        assertThat(lambda.invoke(Events.sqs(Events.s3("b")))).isEqualTo(NO_FAILURE);
        assertThat(secrets.received()).hasSize(2);
        assertThat(lambda.logged()).doesNotContain("old", "\"new\"");
    }

    @Test
    void h14StopsTheWholeInvocationWhenTheTokenIsRefusedAgain() throws IOException {
        start(secret("wrong"), takes("right"));
        String[] bodies = new String[30];
        for (int i = 0; i < bodies.length; i++) {
            lambda.putLog("k" + i, 1);
            bodies[i] = Events.s3("k" + i);
        }
        assertThat((List<?>) LambdaUnderTest.parsed(lambda.invoke(Events.sqs(bodies)))
                        .get("batchItemFailures"))
                .hasSize(30);
        // Each of the lanes may be at it when the first refusal comes.
        assertThat(lambda.lake.received().size()).isBetween(1, 8);
    }

    @Test
    void h26EveryObjectIsToldTheRealCauseAndOneReadServesAllThatWait() throws IOException {
        Script slowAndBusy = (request, connection) -> {
            connection.awaitHangUp(Duration.ofMillis(300));
            error(400, "ThrottlingException").answer(request, connection);
        };
        start(slowAndBusy, takes("tok"));
        String[] bodies = new String[20];
        for (int i = 0; i < bodies.length; i++) {
            lambda.putLog("k" + i, 1);
            bodies[i] = Events.s3("k" + i);
        }
        assertThat((List<?>) LambdaUnderTest.parsed(lambda.invoke(Events.sqs(bodies)))
                        .get("batchItemFailures"))
                .hasSize(20);
        assertThat(lambda.logLines())
                .filteredOn(line -> "object_failed".equals(line.get("message")))
                .hasSize(20)
                .allSatisfy(line -> assertThat(line)
                        .containsEntry("reason", "token_unavailable")
                        .hasEntrySatisfying(
                                "error",
                                text -> assertThat((String) text).contains("Secrets Manager", "ThrottlingException")));
        assertThat(lambda.logged()).doesNotContain("lake_auth");
        // The SDK makes three attempts in one read. An object that comes a moment late can cause another read.
        assertThat(secrets.received()).hasSizeBetween(3, 15);
        assertThat(lambda.lake.received()).isEmpty();
    }

    @Test
    void h14ObjectsThatAreNotTriedHaveTheReasonOfTheFirst() throws IOException {
        start(secret("wrong"), takes("right"));
        String[] bodies = new String[10];
        for (int i = 0; i < bodies.length; i++) {
            lambda.putLog("k" + i, 1);
            bodies[i] = Events.s3("k" + i);
        }
        lambda.invoke(Events.sqs(bodies));
        assertThat(lambda.logLines())
                .filteredOn(line -> "object_failed".equals(line.get("message")))
                .hasSize(10)
                .allSatisfy(line -> assertThat(line)
                        .containsEntry("reason", "lake_auth")
                        .containsEntry("permanent", true)
                        .hasEntrySatisfying(
                                "error", text -> assertThat((String) text).contains("answered 401")));
    }

    @Test
    void l14TheDeadlineLineNamesSecretsManagerIfItDoesNotAnswer() throws Exception {
        Patience.longerUntil(this::namesSecretsManager);
    }

    /** Returns false if the time was over before Secrets Manager was asked. */
    private boolean namesSecretsManager(int remaining) throws IOException {
        start((request, connection) -> connection.awaitHangUp(Duration.ofSeconds(30)), takes("tok"));
        lambda.handler();
        assertThat(lambda.invoke(Events.sqs(Events.s3("a")), remaining)).isEqualTo(ONE_FAILURE);
        if (secrets.received().isEmpty()) {
            stop();
            return false;
        }
        assertThat(lambda.logLine("object_failed"))
                .containsEntry("requestId", "request-1")
                .containsEntry("reason", "deadline")
                .hasEntrySatisfying("error", text -> assertThat((String) text).contains("Secrets Manager"));
        return true;
    }

    @Test
    void c8SaysWhichPermissionsTheSecretNeeds() throws IOException {
        start(error(400, "AccessDeniedException"), takes("tok"));
        assertThatThrownBy(() -> lambda.invoke(Events.s3("a")))
                .hasMessageContaining("secretsmanager:GetSecretValue")
                .hasMessageContaining("kms:Decrypt")
                .hasMessageContaining("AccessDeniedException");
        assertThat(lambda.lake.received()).isEmpty();
    }
}
