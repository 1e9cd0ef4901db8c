package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.parser.FlowLogFilter;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Script;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles and runs the snippets of docs/delivery.md: each stands in this file word for word. */
class DeliveryPageTest {
    private static final Logger log = LoggerFactory.getLogger(DeliveryPageTest.class);

    static DeliveryReport ship(Path file, URI lake, String token) throws IOException {
        try (HttpSink sink =
                        HttpSink.builder(lake).header("Authorization", token).build();
                FlowLogReader flows = FlowLogReader.open(file)) {
            return sink.send(SourceId.ofFile(file), flows);
        }
    }

    private static HttpSink withIds(URI lake, Map<String, String> secrets) {
        HttpSink sink = HttpSink.builder(lake)
                .header("x-dassana-token", () -> secrets.get("token"))
                .header("x-dassana-app-id", "aws_vpc_flow")
                .recordIdField("record_id")
                .build();
        return sink;
    }

    private static HttpSink withFilterAndSample(URI lake) {
        HttpSink sink = HttpSink.builder(lake)
                .filter(FlowLogFilter.parse("log-status = OK"))
                .sample(10, FlowLogFilter.parse("action = ACCEPT"))
                .build();
        return sink;
    }

    private static void explain(HttpSink sink, SourceId source, FlowLogReader flows) {
        try {
            DeliveryReport report = sink.send(source, flows, Duration.ofMinutes(5));
            log.info("{} records in {} requests", report.acknowledged(), report.requests());
        } catch (DeliveryException e) {
            log.error("{} (permanent: {}): {}", e.reason(), e.reason().permanent(), e.getMessage());
            for (LineRange lines : e.report().undeliveredRanges()) {
                log.error("not acknowledged: lines {} to {}", lines.first(), lines.last());
            }
            e.report().unreadAfter().ifPresent(line -> log.error("not read: all lines after {}", line));
        }
    }

    private static HttpSink withAuthority(URI lake, String token, SSLContext trustingOurAuthority) {
        HttpClient client =
                HttpClient.newBuilder().sslContext(trustingOurAuthority).build();
        HttpSink sink = HttpSink.builder(lake)
                .header("Authorization", token)
                .httpClient(client)
                .build();
        return sink;
    }

    @Test
    void everySnippetOfThePageStandsInThisFile() throws IOException {
        String page = Files.readString(Path.of("../docs/delivery.md"));
        String here = squeezed(Files.readString(Path.of("src/test/java/io/flowlog/sink/http/DeliveryPageTest.java")));
        List<String> snippets = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(snippets).hasSize(5);
        assertThat(snippets).allSatisfy(snippet -> assertThat(here).contains(squeezed(snippet)));
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void thePageSortsEveryReasonByWhetherItIsPermanent() throws IOException {
        String page = Files.readString(Path.of("../docs/delivery.md"));
        for (DeliveryException.Reason reason : DeliveryException.Reason.values()) {
            String row = page.lines()
                    .filter(line -> line.startsWith("| `" + reason.permanent() + "`"))
                    .findFirst()
                    .orElseThrow();
            assertThat(row).contains("`" + reason + "`");
        }
    }

    @Test
    void thePageStatesTheLimitsOfTheBuilder() throws IOException {
        String page = Files.readString(Path.of("../docs/delivery.md"));
        assertThat(page)
                .contains("| `maxBatchBytes` | " + (HttpSink.DEFAULT_MAX_BATCH_BYTES >> 20) + " MiB | 1 byte to "
                        + (HttpSink.HIGHEST_MAX_BATCH_BYTES >> 20) + " MiB")
                .contains("| `maxBatchRecords` | "
                        + String.format(Locale.ROOT, "%,d", HttpSink.DEFAULT_MAX_BATCH_RECORDS))
                .contains("| `maxInFlight` | " + HttpSink.DEFAULT_MAX_IN_FLIGHT + " | 1 to "
                        + HttpSink.HIGHEST_MAX_IN_FLIGHT + " |")
                .contains("| `maxAttempts` | " + HttpSink.DEFAULT_MAX_ATTEMPTS + " |")
                .contains("| `requestTimeout` | " + HttpSink.DEFAULT_REQUEST_TIMEOUT_SECONDS + " seconds |")
                .contains("| `maxMalformedRatio` | " + HttpSink.DEFAULT_MAX_MALFORMED_RATIO + " |")
                .contains("at most " + HttpSink.LONGEST_RECORD_ID_FIELD + " characters |")
                .contains("1 to " + HttpSink.LONGEST_HEADER_VALUE + " characters of printable ASCII |");
    }

    @Test
    void theSnippetsRun(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("flows.log"), FlowLogs.text(3));
        List<String> notHttps = new ArrayList<>();
        try {
            ship(file, URI.create("http://lake.example/"), "token-1234");
        } catch (IllegalArgumentException e) {
            notHttps.add(e.getMessage());
        }
        assertThat(notHttps).hasSize(1);
        URI lake = URI.create("https://lake.invalid/logs");
        withIds(lake, Map.of("token", "token-1234")).close();
        withFilterAndSample(lake).close();
        withAuthority(lake, "token-1234", SSLContext.getDefault()).close();
        try (RawLake real = RawLake.start(Script.inTurn(Script.ok(), Script.status(400)));
                HttpSink sink = Sinks.to(real).build()) {
            explain(sink, SourceId.ofFile(file), FlowLogReader.open(file));
            explain(sink, SourceId.ofFile(file), FlowLogReader.open(file));
            assertThat(real.received()).hasSize(2);
        }
    }
}
