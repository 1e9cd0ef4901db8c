package io.flowlog.sink.http;

import static io.flowlog.sink.http.Sinks.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowlog.parser.FlowLogFilter;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.sink.http.DeliveryException.Reason;
import io.flowlog.sink.http.InvalidSettingException.Setting;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters and samples: what is sent, and that the accounts add up. */
@Timeout(60)
class SelectionTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int RECORDS = 1000;

    /** Every fifth record is rejected, and every seventh line is malformed. */
    private static String text() {
        StringBuilder text = new StringBuilder(FlowLogs.HEADER);
        for (int i = 0; i < RECORDS; i++) {
            text.append(i % 5 == 0 ? FlowLogs.LINE.replace("ACCEPT", "REJECT") : FlowLogs.LINE);
            text.append(i % 7 == 0 ? "bad line\n" : "");
        }
        return text.toString();
    }

    private static FlowLogReader reader(UnaryOperator<FlowLogReader.Builder> more) {
        FlowLogReader.Builder builder = FlowLogReader.builder().onMalformed(line -> {});
        return more.apply(builder).open(new ByteArrayInputStream(text().getBytes(StandardCharsets.UTF_8)));
    }

    private static FakeLake lake() {
        return new FakeLake((request, timeout) -> FakeLake.ok(request));
    }

    private static List<String> lines(FakeLake lake) {
        return lake.received.stream().flatMap(r -> r.lines().stream()).toList();
    }

    private static boolean chosen(String id, int rate) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
        BigInteger number = new BigInteger(1, Arrays.copyOf(hash, 8));
        return number.mod(BigInteger.valueOf(rate)).signum() == 0;
    }

    private static FlowLogFilter where(String text) {
        return FlowLogFilter.parse(text);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 1, ''",
        "action = REJECT, '', 1, ''",
        "'', '', 3, ''",
        "'', '', 10, action = ACCEPT",
        "bytes = 1, '', 1, ''",
        "action = ACCEPT, '', 4, bytes = 76",
        "'', action = REJECT, 1, ''",
        "dstport = 33298, action = REJECT, 2, ''",
    })
    void theAccountsAddUp(String filter, String readersFilter, int rate, String sampleWhere) throws Exception {
        FakeLake lake = lake();
        HttpSink.Builder builder = FakeLake.sink().maxBatchRecords(70).recordIdField("id");
        if (!filter.isEmpty()) {
            builder.filter(where(filter));
        }
        builder = sampleWhere.isEmpty() ? builder.sample(rate) : builder.sample(rate, where(sampleWhere));
        try (HttpSink sink = lake.build(builder);
                FlowLogReader reader = reader(b -> readersFilter.isEmpty() ? b : b.filter(where(readersFilter)))) {
            DeliveryReport report = sink.send(SOURCE, reader, HOUR);
            assertThat(report.records()).isEqualTo(RECORDS);
            assertThat(report.malformed()).isEqualTo(143);
            assertThat(report.acknowledged() + report.filtered() + report.sampledOut())
                    .isEqualTo(RECORDS);
            assertThat(report.encoded()).isEqualTo(report.acknowledged());
            assertThat(lines(lake)).hasSize((int) report.acknowledged());
            if (rate == 1) {
                assertThat(report.sampledOut()).isZero();
                assertThat(lines(lake)).noneMatch(line -> line.contains("sample-rate"));
            } else {
                assertThat(report.sampledOut()).isPositive();
            }
        }
    }

    @Test
    void keepsTheRecordsThatTheHashOfTheirIdsChoosesAndMarksThem() throws Exception {
        FakeLake lake = lake();
        String head = SOURCE.hex().orElseThrow() + "-";
        try (HttpSink sink = lake.build(FakeLake.sink()
                .maxInFlight(1)
                .maxBatchRecords(70)
                .recordIdField("id")
                .sample(4, where("action = ACCEPT")))) {
            sink.send(SOURCE, reader(b -> b), HOUR);
        }
        List<String> expected = new ArrayList<>();
        String[] source = text().split("\n");
        for (int line = 2; line <= source.length; line++) {
            if (source[line - 1].startsWith("bad")) {
                continue;
            }
            String id = head + line;
            String tail = ",\"id\":\"" + id + "\"}";
            if (source[line - 1].contains("REJECT")) {
                expected.add(FlowLogs.JSON.replace("ACCEPT", "REJECT").replace("}", tail));
            } else if (chosen(id, 4)) {
                expected.add(FlowLogs.JSON.replace("}", ",\"sample-rate\":4" + tail));
            }
        }
        assertThat(lines(lake)).isEqualTo(expected).hasSizeBetween(350, 450);
    }

    @Test
    void twoRunsAndARunAfterAFailureSendTheSameRequests() throws Exception {
        FakeLake good = lake();
        List<Integer> attempts = new ArrayList<>();
        FakeLake broken = new FakeLake((request, timeout) -> {
            attempts.add(1);
            return attempts.size() == 3 ? FakeLake.status(400) : FakeLake.ok(request);
        });
        HttpSink.Builder builder =
                FakeLake.sink().maxBatchRecords(30).maxInFlight(1).sample(3);
        for (int run = 0; run < 2; run++) {
            try (HttpSink sink = good.build(builder)) {
                sink.send(SOURCE, reader(b -> b), HOUR);
            }
        }
        List<String> keys = good.received.stream().map(r -> r.key()).toList();
        int half = keys.size() / 2;
        assertThat(keys.subList(half, keys.size())).isEqualTo(keys.subList(0, half));
        try (HttpSink sink = broken.build(builder)) {
            DeliveryException e =
                    catchThrowableOfType(DeliveryException.class, () -> sink.send(SOURCE, reader(b -> b), HOUR));
            assertThat(e.report().encoded())
                    .isEqualTo(e.report().acknowledged() + e.report().undelivered());
            sink.send(SOURCE, reader(b -> b), HOUR);
        }
        assertThat(broken.received.stream().map(r -> r.key()).distinct().sorted())
                .isEqualTo(keys.stream().distinct().sorted().toList());
    }

    @Test
    void filteringOutAlmostEverythingDoesNotMakeMalformedLinesWeighMore() throws Exception {
        FakeLake lake = lake();
        HttpSink.Builder builder = FakeLake.sink().maxMalformedRatio(0.15).filter(where("bytes = 1"));
        try (HttpSink sink = lake.build(builder)) {
            assertThat(sink.send(SOURCE, reader(b -> b), HOUR).filtered()).isEqualTo(RECORDS);
            assertThat(sink.send(SOURCE, reader(b -> b.filter(where("bytes = 1"))), HOUR)
                            .filtered())
                    .isEqualTo(RECORDS);
        }
        assertThat(lake.received).isEmpty();
    }

    @Test
    void aFieldThatDoesNotExistFailsTheDelivery() {
        FakeLake lake = lake();
        for (HttpSink.Builder builder : List.of(
                FakeLake.sink().filter(where("dst-port = 22")), FakeLake.sink().sample(2, where("dst-port = 22")))) {
            try (HttpSink sink = lake.build(builder)) {
                DeliveryException e = Sinks.failure(sink);
                assertThat(e.reason()).isEqualTo(Reason.SETTINGS);
                assertThat(e).hasMessageContaining("filter, character 1").hasMessageContaining("dstport");
            }
        }
        assertThat(lake.received).isEmpty();
    }

    @Test
    void samplingRequiresIdsAndAFieldOfItsOwn() {
        FakeLake lake = lake();
        try (HttpSink sink = lake.build(FakeLake.sink().sample(2))) {
            assertThatThrownBy(() -> sink.send(SourceId.none(), reader(b -> b), HOUR))
                    .isInstanceOfSatisfying(
                            DeliveryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SETTINGS))
                    .hasMessageContaining("sampling requires a source with an id");
            assertThatThrownBy(() -> sink.send(SOURCE, FlowLogs.reader("srcaddr sample-rate\n10.0.0.1 5\n"), HOUR))
                    .hasMessageContaining("which is a column of this source");
        }
        assertThat(lake.received).isEmpty();
        assertThatThrownBy(() -> FakeLake.sink().sample(0))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo(Setting.SAMPLE))
                .hasMessage("sample must have a rate of 1 or more, found 0");
        assertThatThrownBy(() -> lake.build(FakeLake.sink().sample(2).recordIdField("sample-rate")))
                .hasMessageContaining("must not be sample-rate");
    }
}
