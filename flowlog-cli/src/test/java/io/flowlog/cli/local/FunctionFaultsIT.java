package io.flowlog.cli.local;

import static io.flowlog.cli.local.FaultyWorld.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.cli.testing.NaiveConversion;
import io.flowlog.cli.testing.Samples;
import io.flowlog.s3.testing.Fault;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of faults S, L and C against the deployable jar in its own JVM under the real runtime client. */
@Timeout(180)
class FunctionFaultsIT {
    private static final String TEST_EVENT =
            "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"logs\"}";
    private static final Script HANGS = (request, connection) -> connection.awaitHangUp(Duration.ofSeconds(60));
    private static final byte[] TEXT = Samples.text(SampleFormat.V2, 500);
    private static final byte[] GZIP = Samples.gzip(TEXT);

    private FaultyWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new FaultyWorld(Script.ok());
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
    }

    @Test
    void s1S2S3S8S10AnswersEveryEventOfOneProcessAsItDeserves() throws Exception {
        assertThat(world.invoke(TEST_EVENT).succeeded()).isTrue();
        assertThat(world.invoke(FaultyWorld.sqs(Map.of("m", TEST_EVENT))).body())
                .isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(world.invoke("{\"Records\":[]}").succeeded()).isTrue();
        assertThat(world.invoke(world.put("k", GZIP).replace("ObjectCreated:Put", "ObjectRemoved:Delete"))
                        .succeeded())
                .isTrue();
        assertThat(world.s3.requests()).isEmpty();

        assertThat(world.invoke("{\"hello\":\"world\"}").succeeded()).isFalse();
        assertThat(world.invoke("{\"Records\":null}").succeeded()).isFalse();
        RuntimeApiServer.InvocationResult missing = world.invoke(FaultyWorld.announce("gone"));
        assertThat(missing.succeeded()).isFalse();
        assertThat(missing.body()).contains("s3://logs/gone").contains("no such object");

        Map<String, String> messages = new LinkedHashMap<>();
        messages.put("good-1", world.put("good-1", GZIP));
        messages.put("gone", FaultyWorld.announce("gone"));
        messages.put("not-json", "hello");
        messages.put("good-2", world.put("good-2", TEXT));
        assertThat(world.invokeMessages(messages, Duration.ofSeconds(30)))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"gone\"},{\"itemIdentifier\":\"not-json\"}]}");
        assertThat(world.received()).hasSize(1000);
    }

    @Test
    void s5S6S7ReadsExactlyTheContentThatIsAnnounced() throws Exception {
        String event = world.put("k", GZIP);
        world.invoke(event);
        world.invoke(event);
        assertThat(world.lake.received())
                .extracting(r -> r.key())
                .hasSize(2)
                .containsOnly(world.lake.received().get(0).key());
        world.put("k", Samples.gzip(Samples.text(SampleFormat.V5, 3)));
        assertThat(world.invoke(event).succeeded()).isTrue();
        assertThat(world.s3.requests().get(2).header("if-match")).isNotNull();
        assertThat(world.received()).hasSize(503);
        assertThat(world.log()).contains("object_replaced");
    }

    @Test
    void s11S12S13S18S20FailsWhatCannotBeReadAndDeliversWhatFollows() throws Exception {
        Fault busy = Fault.error(503, "SlowDown");
        world.s3.failing(BUCKET, "denied", Fault.error(403, "AccessDenied"));
        world.s3.failing(BUCKET, "busy", busy, busy, busy, busy, busy, busy, busy);
        world.s3.failing(BUCKET, "elsewhere", Fault.error(301, "PermanentRedirect"));
        world.s3.failing(BUCKET, "frozen", Fault.error(403, "InvalidObjectState"));
        world.put("readme", "# not a flow log\n".getBytes(StandardCharsets.US_ASCII));
        world.put("parquet", "PAR1".getBytes(StandardCharsets.US_ASCII));
        for (String key : List.of("denied", "busy", "elsewhere", "frozen", "readme", "parquet")) {
            RuntimeApiServer.InvocationResult outcome = world.invoke(FaultyWorld.announce(key));
            assertThat(outcome.succeeded()).as(key).isFalse();
            assertThat(outcome.body()).contains("s3://logs/" + key);
        }
        assertThat(world.invoke(world.put("x/_SUCCESS", new byte[0])).succeeded())
                .isTrue();
        assertThat(world.invoke(world.put("empty", new byte[0])).succeeded()).isTrue();
        assertThat(world.lake.received()).isEmpty();
        assertThat(world.invoke(world.put("good", GZIP)).succeeded()).isTrue();
        assertThat(world.received()).hasSize(500);
    }

    @Test
    void s14S15S16ReadsOnWhenTheBodyBreaks() throws Exception {
        String event = world.put("k", GZIP);
        world.s3.failing(BUCKET, "k", Fault.resetAfter(1000), Fault.finAfter(2000), Fault.stallAfter(100));
        assertThat(world.invoke(event).succeeded()).isTrue();
        assertThat(world.received()).hasSize(500);
        assertThat(world.received().values().stream().map(FaultyWorld::withoutRecordId))
                .containsExactlyElementsOf(NaiveConversion.toJson(TEXT));
    }

    @Test
    void l1AnswersInTimeWithAHangingLakeAndRecovers() throws Exception {
        String event = FaultyWorld.sqs(Map.of("m", world.put("k", GZIP)));
        assertThat(world.invoke(event).body()).isEqualTo("{\"batchItemFailures\":[]}");
        world.lakeDoes(HANGS);
        RuntimeApiServer.InvocationResult late = world.invoke(event, Duration.ofMillis(2500));
        assertThat(late.succeeded()).as(late.body()).isTrue();
        assertThat(late.body()).contains("\"itemIdentifier\":\"m\"");
        world.lakeDoes(Script.ok());
        assertThat(world.invoke(event).body()).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(world.received()).hasSize(500);
    }

    @Test
    void l2TheRunAfterAKillDeliversTheSameRequests() throws Exception {
        world.settings.put("DASSANA_BATCH_SIZE", "1");
        byte[] text = Samples.text(SampleFormat.V5, 6000);
        String event = world.put("k", Samples.gzip(text));
        world.lakeDoes((request, connection) -> {
            if (world.lake.received().size() > 2) {
                world.function().process().destroyForcibly();
            }
            connection.answer(200, Script.docCount(request));
        });
        assertThatThrownBy(() -> world.invoke(event)).isInstanceOf(IOException.class);
        List<String> before = world.lake.received().stream().map(r -> r.key()).toList();
        world.lakeDoes(Script.ok());
        assertThat(world.invoke(event).succeeded()).isTrue();
        List<String> after = world.lake.received().stream()
                .map(r -> r.key())
                .skip(before.size())
                .toList();
        assertThat(after).containsAll(before);
        assertThat(world.received()).hasSize(6000);
    }

    @Test
    void l3AProcessWithoutMemoryEndsWithStatus3AndTheNextOneDelivers() throws Exception {
        // Classes of an archive need no metaspace.
        world.jvmOptions.addAll(List.of("-XX:MaxMetaspaceSize=16m", "-Xshare:off", "-XX:+ExitOnOutOfMemoryError"));
        String event = world.put("k", Samples.gzip(Samples.text(SampleFormat.V11, 5_000)));
        LambdaProcess starved = world.function();
        assertThatThrownBy(() -> world.invoke(event)).hasMessageContaining("status 3");
        assertThat(starved.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        world.jvmOptions.clear();
        world.jvmOptions.addAll(FastStart.jvmOptions());
        assertThat(world.invoke(event).succeeded()).isTrue();
        assertThat(world.received()).hasSize(5_000);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void l5AProcessThatWasFrozenBetweenEventsGoesOn() throws Exception {
        String event = world.put("k", GZIP);
        assertThat(world.invoke(event).succeeded()).isTrue();
        signal("STOP");
        TimeUnit.MILLISECONDS.sleep(1500);
        signal("CONT");
        assertThat(world.invoke(event).succeeded()).isTrue();
    }

    private void signal(String name) throws Exception {
        long pid = world.function().process().pid();
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void l6C1C7SaysAllThatIsWrongWithTheSettingsAtOnceAndDoesNothing() throws Exception {
        world.settings.remove("DASSANA_TOKEN");
        world.settings.put("DASSANA_BATCH_SIZE", "0");
        world.settings.put("FLOWLOG_TYPO", "x");
        RuntimeApiServer.InvocationResult outcome = world.invoke(world.put("k", GZIP));
        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.body()).contains("DASSANA_TOKEN", "DASSANA_BATCH_SIZE", "FLOWLOG_TYPO");
        assertThat(world.s3.requests()).isEmpty();
        assertThat(world.lake.connections()).isZero();
    }

    @Test
    void deliversOnceTheLakeHasRecoveredFrom500() throws Exception {
        world.lakeDoes(Script.inTurn(
                (request, connection) -> connection.answer(500, ""),
                (request, connection) -> connection.answer(503, ""),
                Script.ok()));
        RuntimeApiServer.InvocationResult outcome = world.invoke(world.put("k", GZIP));

        assertThat(outcome.succeeded()).as(outcome.body()).isTrue();
        assertThat(world.lake.received()).hasSize(3);
        assertThat(world.lake.received().get(2).lines().stream().map(FaultyWorld::withoutRecordId))
                .containsExactlyElementsOf(NaiveConversion.toJson(TEXT));
    }

    @Test
    void c9RefusesBatchesInFlightThatDoNotFitIntoTheHeapAndSaysTheNumbers() throws Exception {
        world.jvmOptions.add("-Xmx256m");
        world.settings.put("DASSANA_BATCH_SIZE", "64");
        world.settings.put("FLOWLOG_MAX_IN_FLIGHT", "64");
        RuntimeApiServer.InvocationResult outcome = world.invoke(world.put("k", GZIP));
        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.body())
                .contains("DASSANA_BATCH_SIZE and FLOWLOG_MAX_IN_FLIGHT", "4096 MiB", "64 requests of 64 MiB")
                .containsPattern("heap of 2[45][0-9] MiB");
        assertThat(world.lake.connections()).isZero();
    }

    @Test
    void theFirstLogLineOfAProcessHasTheVersionOfTheRelease() throws Exception {
        world.invoke(world.put("k", GZIP));
        world.stop();
        assertThat(world.log().lines().filter(line -> line.startsWith("{")).findFirst())
                .hasValueSatisfying(line -> assertThat(line)
                        .contains("\"message\":\"started\"")
                        .containsPattern("\"version\":\"[0-9]+[.][0-9]+[.][0-9]+[^\"]*\""));
    }

    @Test
    void c2L4NeverShowsTheToken() throws Exception {
        world.lakeDoes(
                (request, connection) -> connection.answer(400, "you sent " + request.header("x-dassana-token")));
        RuntimeApiServer.InvocationResult outcome = world.invoke(world.put("k", GZIP));
        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.body() + world.log()).contains("400").doesNotContain(FaultyWorld.TOKEN);
        world.stop();
        world.settings.put("DASSANA_TOKEN", "SECRET\tPART");
        assertThat(world.invoke("{\"Records\":[]}").body())
                .contains("DASSANA_TOKEN")
                .doesNotContain("SECRET", "PART");
        assertThat(world.log()).doesNotContain("SECRET", "PART");
    }

    @Test
    void c3C4C5TheTokenComesFromSecretsManagerAndIsReadAgainOnceItIsRefused() throws Exception {
        Script down = (request, connection) -> connection.answer(500, "{\"__type\":\"InternalServiceError\"}");
        Script old = (request, connection) -> connection.answer(200, "{\"SecretString\":\"old-token\"}");
        Script rotated = (request, connection) ->
                connection.answer(200, "{\"SecretString\":\"{\\\"token\\\":\\\"new-token\\\"}\"}");
        try (RawLake secrets = RawLake.start(Script.inTurn(down, old, rotated))) {
            world.settings.remove("DASSANA_TOKEN");
            world.settings.put(
                    "DASSANA_TOKEN_SECRET_ARN", "arn:aws:secretsmanager:us-east-1:123456789012:secret:t-AbCdEf");
            world.settings.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.uri().toString());
            world.lakeDoes((request, connection) -> connection.answer(
                    "new-token".equals(request.header("x-dassana-token")) ? 200 : 401, Script.docCount(request)));
            RuntimeApiServer.InvocationResult outcome = world.invoke(world.put("k", GZIP));
            assertThat(outcome.succeeded()).as(outcome.body()).isTrue();
            assertThat(secrets.received()).hasSize(3);
            assertThat(world.log()).doesNotContain("old-token", "new-token");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5000})
    void l13FailsAtOnceWithoutTime(long millis) throws Exception {
        RuntimeApiServer.InvocationResult outcome = world.invoke(world.put("k", GZIP), Duration.ofMillis(millis));
        assertThat(outcome.succeeded()).isFalse();
        assertThat(world.s3.requests()).isEmpty();
    }

    @Test
    void h11WhatLibrariesSayComesOutAsJsonLinesToo() throws Exception {
        world.lakeDoes((request, connection) -> connection.answer(200, "{\"docCount\":1}"));
        assertThat(world.invoke(world.put("k", GZIP)).succeeded()).isTrue();
        world.stop();
        List<String> lines = world.log()
                .lines()
                .filter(line -> !line.startsWith("Picked up"))
                .toList();
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"));
        assertThat(world.log()).contains("\"RejectedRecords\":499", "\"logger\":\"io.flowlog.sink.http");
    }
}
