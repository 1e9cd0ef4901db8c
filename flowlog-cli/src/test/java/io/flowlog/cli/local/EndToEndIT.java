package io.flowlog.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.testing.NaiveConversion;
import io.flowlog.cli.testing.Samples;
import io.flowlog.sample.SampleFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S3 API, AWS SDK, runtime client, deployable jar and HTTP are real; see {@link WholeSystem}. */
@Timeout(120)
class EndToEndIT {
    private static final String KEY = "AWSLogs/123456789012/vpcflowlogs/us-east-1/2026/03/17/"
            + "123456789012_vpcflowlogs_us-east-1_fl-0123456789abcdef0_20260317T0940Z_1a2b3c4d.log.gz";

    /** For tests that need no settings of their own. */
    private static WholeSystem system;

    @BeforeAll
    static void start() throws IOException {
        system = WholeSystem.start();
    }

    @AfterAll
    static void stop() throws IOException {
        system.close();
    }

    /** What the lake received because of an event that must succeed. */
    private static List<String> delivered(String event) throws Exception {
        int before = system.lake.lines().size();
        RuntimeApiServer.InvocationResult outcome = system.invoke(event);
        assertThat(outcome.succeeded()).as(outcome.body()).isTrue();
        assertThat(system.lake.complaints()).isEmpty();
        List<String> lines = system.lake.lines();
        return lines.subList(before, lines.size());
    }

    @ParameterizedTest
    @EnumSource
    void deliversEveryLineAsAnIndependentConversionHasIt(SampleFormat format) throws Exception {
        byte[] text = Samples.text(format, 3000);

        assertThat(delivered(system.put(KEY, Samples.gzip(text)))).isEqualTo(NaiveConversion.toJson(text));
    }

    @Test
    void deliversPlainTextWithColumnsInAnyOrderAndUnknownOnes() throws Exception {
        byte[] text = ("some-future-field dstaddr bytes account-id srcaddr start\n"
                        + "x-1 10.0.0.5 76 012345678901 10.0.0.4 1640995465\n"
                        + "- 2001:db8::1 - unknown - 1640995466\n")
                .getBytes(StandardCharsets.US_ASCII);

        assertThat(delivered(system.put("my logs/today.txt", text)))
                .containsExactly(
                        "{\"some-future-field\":\"x-1\",\"dstaddr\":\"10.0.0.5\",\"bytes\":76,"
                                + "\"account-id\":\"012345678901\",\"srcaddr\":\"10.0.0.4\",\"start\":1640995465}",
                        "{\"some-future-field\":null,\"dstaddr\":\"2001:db8::1\",\"bytes\":null,"
                                + "\"account-id\":\"unknown\",\"srcaddr\":null,\"start\":1640995466}");
    }

    @Test
    void deliversAnObjectOfManyBatchesWhole() throws Exception {
        byte[] text = Samples.text(SampleFormat.V5, 20_000);
        try (WholeSystem own = WholeSystem.start(Map.of("DASSANA_BATCH_SIZE", "1"))) {
            assertThat(own.invoke(own.put(KEY, Samples.gzip(text))).succeeded()).isTrue();

            assertThat(own.lake.received().batches()).isGreaterThan(5);
            assertThat(own.lake.lines()).containsExactlyInAnyOrderElementsOf(NaiveConversion.toJson(text));
        }
    }

    @Test
    void failsOnlyTheMessageOfABadObjectBesideGoodOnes() throws Exception {
        byte[] first = Samples.text(SampleFormat.V2, 100);
        byte[] last = Samples.text(SampleFormat.TGW, 50);
        byte[] whole = Samples.gzip(Samples.text(SampleFormat.V5, 500));
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);
        LinkedHashMap<String, String> messages = new LinkedHashMap<>();
        messages.put("good-1", system.put("a/1.log.gz", Samples.gzip(first)));
        messages.put("bad", system.put("a/2.log.gz", cut));
        messages.put("good-2", system.put("a/3.log", last));
        int before = system.lake.lines().size();
        RuntimeApiServer.InvocationResult outcome = system.invokeWithMessages(messages);

        assertThat(outcome.succeeded()).isTrue();
        assertThat(outcome.body().replaceAll("\\s", ""))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"bad\"}]}");
        List<String> expected = new ArrayList<>(NaiveConversion.toJson(first));
        expected.addAll(NaiveConversion.toJson(last));
        assertThat(system.lake.lines().stream().skip(before)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void findsObjectsUnderHiveStyleKeys() throws Exception {
        byte[] text = Samples.text(SampleFormat.V2, 20);
        String key = "my prefix+1/AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=us-east-1/"
                + "year=2026/month=03/day=17/123456789012_vpcflowlogs_us-east-1_fl-0123456789abcdef0_"
                + "20260317T0940Z_1a2b3c4d.log.gz";
        String event = system.put(key, Samples.gzip(text));
        assertThat(event).contains("my+prefix%2B1/AWSLogs/aws-account-id%3D123456789012/");

        assertThat(delivered(event)).isEqualTo(NaiveConversion.toJson(text));
    }

    @Test
    void givesARepeatedEventTheSameIds() throws Exception {
        byte[] text = Samples.text(SampleFormat.V2, 300);
        String event = system.put("again.log.gz", Samples.gzip(text));
        long before = system.lake.received().requests();

        assertThat(delivered(event)).isEqualTo(NaiveConversion.toJson(text));
        assertThat(delivered(event)).isEmpty();
        assertThat(system.lake.received().requests()).isEqualTo(before + 2);
    }

    @Test
    void failsTheEventWhenTheLakeRefusesTheToken() throws Exception {
        String wrong = "not-the-token-of-that-lake";
        try (WholeSystem own = WholeSystem.start(Map.of("DASSANA_TOKEN", wrong))) {
            RuntimeApiServer.InvocationResult outcome =
                    own.invoke(own.put(KEY, Samples.gzip(Samples.text(SampleFormat.V2, 10))));

            assertThat(outcome.succeeded()).isFalse();
            assertThat(outcome.body()).contains("401").doesNotContain(wrong);
            assertThat(own.log()).doesNotContain(wrong);
            assertThat(own.lake.lines()).isEmpty();
        }
    }

    @Test
    void saysWhatIsMissingWhenItCannotStart() throws Exception {
        try (WholeSystem own = WholeSystem.start(Map.of("DASSANA_TOKEN", ""))) {
            RuntimeApiServer.InvocationResult outcome = own.invoke("{\"Records\":[]}");

            assertThat(outcome.succeeded()).isFalse();
            assertThat(outcome.body()).contains("DASSANA_TOKEN");
            assertThat(own.lake.received().requests()).isZero();
        }
    }

    @Test
    void deliversUnderTheStandInForTheRuntimeClient() throws Exception {
        byte[] text = Samples.text(SampleFormat.V2, 100);
        try (WholeSystem own = WholeSystem.startUnder(RuntimeClient.PLAIN)) {
            assertThat(own.invoke(own.put(KEY, Samples.gzip(text))).succeeded()).isTrue();
            assertThat(own.lake.lines()).isEqualTo(NaiveConversion.toJson(text));

            RuntimeApiServer.InvocationResult refused = own.invoke("{\"what\":\"is this\"}");
            assertThat(refused.succeeded()).isFalse();
            assertThat(refused.body()).contains("errorMessage");
        }
    }
}
