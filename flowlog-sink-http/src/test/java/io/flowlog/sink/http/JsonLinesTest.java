package io.flowlog.sink.http;

import static io.flowlog.sink.http.Sinks.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.parser.FlowLogFilter;
import io.flowlog.parser.FlowLogFilter.InvalidFilterException;
import io.flowlog.parser.FlowLogReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JsonLinesTest {
    private static FlowLogReader reader() {
        StringBuilder text = new StringBuilder(FlowLogs.HEADER);
        for (int i = 0; i < 2000; i++) {
            text.append(i % 5 == 0 ? FlowLogs.LINE.replace("ACCEPT", "REJECT") : FlowLogs.LINE);
            text.append(i % 7 == 0 ? FlowLogs.LINE.replace("ACCEPT", "-").replace("eni", "\"\u00fc") : "");
        }
        return FlowLogReader.open(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String converted(JsonLines json, FlowLogReader reader) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        json.convert(SOURCE, reader, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writesTheBytesThatASinkWithTheSameSettingsSends() throws Exception {
        HttpSink.Builder settings = FakeLake.sink()
                .lake(Lake.NDJSON)
                .recordIdField("id")
                .omitAbsent(true)
                .filter(FlowLogFilter.parse("action != REJECT or action is absent"))
                .sample(3, FlowLogFilter.parse("action = ACCEPT"));
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        DeliveryReport report;
        try (HttpSink sink = lake.build(settings)) {
            report = sink.send(SOURCE, reader());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonLines.Counts counts = settings.jsonLines().convert(SOURCE, reader(), out);
        String sent = lake.received.stream()
                .flatMap(request -> request.lines().stream())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(sent).contains("\"sample-rate\":3,\"id\":\"");
        assertThat(counts)
                .isEqualTo(new JsonLines.Counts(report.acknowledged(), report.filtered(), report.sampledOut()));
        assertThat(counts.filtered()).isPositive();
        assertThat(counts.sampledOut()).isPositive();
    }

    @Test
    void theLakeAndItsEnvelopeDoNotMatter() throws Exception {
        String plain = converted(FakeLake.sink().jsonLines(), reader());
        for (Lake lake : List.of(Lake.ELASTICSEARCH, Lake.SPLUNK_HEC, Lake.DATADOG)) {
            assertThat(converted(FakeLake.sink().lake(lake).jsonLines(), reader()))
                    .isEqualTo(plain);
        }
    }

    @Test
    void aColumnThatWouldBeThereTwiceIsRefused() {
        assertThatThrownBy(
                        () -> converted(FakeLake.sink().recordIdField("action").jsonLines(), reader()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the record id field action is a column of this source");
        FlowLogReader sampled = FlowLogs.reader("version sample-rate\n2 1\n");
        assertThatThrownBy(() -> converted(FakeLake.sink().sample(2).jsonLines(), sampled))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sample-rate");
        assertThatThrownBy(() ->
                        FakeLake.sink().sample(2).recordIdField("sample-rate").jsonLines())
                .isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void aSampleNeedsASourceWithAnIdAndAFilterItsFields() {
        assertThatThrownBy(() -> FakeLake.sink()
                        .sample(2)
                        .jsonLines()
                        .convert(SourceId.none(), reader(), new ByteArrayOutputStream()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a source with an id");
        assertThatThrownBy(() -> converted(
                        FakeLake.sink()
                                .filter(FlowLogFilter.parse("no-such = 1"))
                                .jsonLines(),
                        reader()))
                .isInstanceOf(InvalidFilterException.class);
    }

    @Test
    void aSourceWithoutAnIdHasNoIdsInItsLines() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FakeLake.sink().recordIdField("id").jsonLines().convert(SourceId.none(), reader(), out);
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\"id\"");
    }
}
