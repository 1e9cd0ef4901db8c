package io.flowlog.cli.ship;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.InProcess;
import io.flowlog.cli.local.LocalLake;
import io.flowlog.cli.testing.NaiveConversion;
import io.flowlog.cli.testing.RunsTheCommand;
import io.flowlog.cli.testing.Samples;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Script;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code flowlog ship} sends with a filter and a sample, and to lakes of other kinds. */
class ShipLakesIT extends RunsTheCommand {
    private static final String TOKEN = "a-token-of-the-tests";

    @BeforeEach
    void setEnvironment() {
        environment.put("FLOWLOG_TOKEN", TOKEN);
        environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
    }

    private Result ship(String to, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ship", "--to", to));
        command.addAll(List.of(arguments));
        return flowlog(command.toArray(String[]::new));
    }

    /** The same in this JVM, for what ends before anything is sent. */
    private Result shipInProcess(String to, String... arguments) throws Exception {
        String tokenFile = file("token-file", ascii(TOKEN)).toString();
        List<String> command = new ArrayList<>(List.of("ship", "--to", to, "--token-file", tokenFile));
        command.addAll(List.of(arguments));
        return InProcess.flowlog(command.toArray(String[]::new));
    }

    @Test
    void sendsWhatTheFilterKeepsAndSamplesTheRestSoThatTheNumbersAddUp() throws Exception {
        byte[] text = Samples.text(SampleFormat.V2, 1000);
        String good = file("good.log", text).toString();
        String bad =
                file("bad.log", ascii("action bytes", "ACCEPT 1", "ACCEPT x")).toString();
        List<String> all = new ArrayList<>(NaiveConversion.toJson(text));
        all.add("{\"action\":\"ACCEPT\",\"bytes\":1}");
        List<String> kept = all.stream()
                .filter(line -> line.contains("\"action\":\"REJECT\"") || line.contains("\"action\":\"ACCEPT\""))
                .toList();
        try (LocalLake lake = LocalLake.start(TOKEN, Integer.MAX_VALUE)) {
            String[] arguments = {
                "--where",
                "action in (ACCEPT, REJECT)",
                "--sample-rate",
                "10",
                "--sample-where",
                "action = ACCEPT",
                good,
                bad
            };
            Result result = ship(lake.endpoint().toString(), arguments);

            assertThat(result.status()).as(result.err()).isEqualTo(3);
            List<String> received = lake.lines();
            assertThat(received.stream().filter(line -> line.contains("REJECT")))
                    .containsExactlyElementsOf(kept.stream()
                            .filter(line -> line.contains("REJECT"))
                            .toList());
            assertThat(received.stream().filter(line -> line.contains("ACCEPT")))
                    .hasSizeBetween(40, 200)
                    .allMatch(line -> line.endsWith(",\"sample-rate\":10}"))
                    .allMatch(line -> kept.contains(line.replace(",\"sample-rate\":10}", "}")));
            assertThat(result.out())
                    .contains(String.format(
                            "Read       1,002 = %,d delivered + %,d filtered out + %,d sampled out + 1 malformed%n",
                            received.size(), all.size() - kept.size(), kept.size() - received.size()));

            assertThat(ship(lake.endpoint().toString(), arguments).out()).contains("2 already there");
            assertThat(lake.lines()).isEqualTo(received);
        }
    }

    @Test
    void endsBeforeTheFirstObjectIfAFieldOfTheFilterDoesNotExist() throws Exception {
        Files.createDirectory(directory.resolve("logs"));
        for (int i = 0; i < 50; i++) {
            file("logs/" + i + ".log", ascii("srcaddr team", "10.0.0.4 a"));
        }
        file("logs/0-not-a-flow-log.log", ascii("hello"));
        String folder = directory.resolve("logs").toString();
        try (LocalLake lake = LocalLake.start(TOKEN, Integer.MAX_VALUE)) {
            String to = lake.endpoint().toString();
            Result result = shipInProcess(to, "--where", "srcadr = 1.2.3.4", folder);
            assertThat(result.status()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("flowlog: --where: " + folder)
                    .endsWith("found \"srcadr\"; did you mean \"srcaddr\"?");
            assertThat(shipInProcess(to, "--sample-rate", "2", "--sample-where", "teem = a", folder)
                            .err())
                    .startsWith("flowlog: --sample-where: ")
                    .contains("found \"teem\"");
            assertThat(shipInProcess(to, "--dry-run", "--where", "teem = a", folder)
                            .status())
                    .isEqualTo(2);
            assertThat(lake.lines()).isEmpty();

            assertThat(ship(to, "--where", "team = a", folder).out()).contains("50 delivered");
        }
    }

    @Test
    void doesNotMixTheRecordsOfTwoFiltersInOneJournal() throws Exception {
        String file = file("a.log", ascii("action", "ACCEPT", "REJECT")).toString();
        try (LocalLake lake = LocalLake.start(TOKEN, Integer.MAX_VALUE)) {
            String to = lake.endpoint().toString();
            assertThat(ship(to, "--where", "action = REJECT", file).status()).isZero();
            Result other = ship(to, file);
            assertThat(other.status()).isEqualTo(2);
            assertThat(other.err())
                    .contains(to + " --where 'action = REJECT', not for " + to)
                    .contains("--journal")
                    .contains("--again");
            assertThat(lake.lines()).hasSize(1);

            String journal = directory.resolve("accepted.jsonl").toString();
            assertThat(ship(to, "--journal", journal, "--where", "action = ACCEPT", file)
                            .status())
                    .isZero();
            assertThat(lake.lines()).containsExactly("{\"action\":\"REJECT\"}", "{\"action\":\"ACCEPT\"}");
        }
    }

    @Test
    void showsWhichRecordElasticsearchRejectedAndWhy() throws Exception {
        AtomicReference<String> token = new AtomicReference<>();
        AtomicReference<String> appId = new AtomicReference<>();
        Script bulk = (request, connection) -> {
            token.set(request.header("authorization"));
            appId.set(request.header("x-dassana-app-id"));
            StringBuilder items = new StringBuilder();
            for (String line : request.lines()) {
                if (line.startsWith("{\"create\"")) {
                    continue;
                }
                items.append(items.isEmpty() ? "" : ",")
                        .append(
                                line.contains("\"bytes\":6")
                                        ? "{\"create\":{\"status\":400,\"error\":{\"type\":\"mapper_parsing_exception\","
                                                + "\"reason\":\"failed to parse field [bytes]\"}}}"
                                        : "{\"create\":{\"status\":201}}");
            }
            connection.answer(200, "{\"errors\":true,\"items\":[" + items + "]}");
        };
        String file = file("a.log", ascii("bytes", "5", "6", "7")).toString();
        try (RawLake lake = RawLake.start(bulk)) {
            Result result = ship(lake.uri().toString(), "--lake", "elasticsearch", file);

            assertThat(result.status()).as(result.err()).isEqualTo(3);
            assertThat(result.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("flowlog: ")
                    .contains("a.log, line 3: the lake rejected the record: ")
                    .contains("failed to parse field [bytes]");
            assertThat(result.out()).contains("1 delivered").contains("Rejected   1 record of those delivered");
            assertThat(token).hasValue("ApiKey " + TOKEN);
            assertThat(appId).hasNullValue();
        }
    }

    @Test
    void saysWhatIsWrongWithAFilterASampleAndALake() throws Exception {
        String file = file("a.log", ascii("bytes", "5")).toString();
        assertMistake("--lake must be one of", "--lake", "opensearch", file);
        assertMistake("--where: filter, character 7: ", "--where", "bytes=abc", file);
        assertMistake("--where: filter, character 7: ", "--dry-run", "--where", "bytes=abc", file);
        assertMistake("--sample-rate must be 1 or more, found 0", "--sample-rate", "0", file);
        assertMistake("--sample-where has no effect", "--sample-where", "bytes=1", file);
    }

    private void assertMistake(String message, String... arguments) throws Exception {
        Result result = shipInProcess("http://127.0.0.1:9/logs", arguments);
        assertThat(result.err().lines()).as(message).hasSize(1);
        assertThat(result.err()).startsWith("flowlog: ").contains(message);
        assertThat(result.status()).as(message).isEqualTo(2);
    }
}
