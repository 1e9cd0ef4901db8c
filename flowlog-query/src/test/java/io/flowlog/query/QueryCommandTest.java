package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command writes, and its exit status: in a process of its own, and in this JVM for what writes no answer. */
class QueryCommandTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path temporary;

    private record Outcome(int status, String out, String err) {}

    private Outcome run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                // As the jar's manifest does; without it a newer JDK warns on standard error.
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "query"));
        command.addAll(Arrays.asList(arguments));
        Path out = folder.resolveSibling(folder.getFileName() + ".out");
        Path err = folder.resolveSibling(folder.getFileName() + ".err");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(folder.resolve("a.log").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        int status = process.waitFor();
        return new Outcome(
                status,
                Files.readString(out),
                Files.readString(err)
                        .lines()
                        .filter(l -> !l.startsWith("WARNING"))
                        .reduce("", (a, b) -> a + b + "\n"));
    }

    @BeforeEach
    void writeFlowLogs() throws IOException {
        Files.writeString(folder.resolve("a.log"), """
                srcaddr dstaddr bytes packets protocol new-field
                10.0.0.1 10.0.0.2 2048 3 6 a,"b
                10.0.0.3 10.0.0.2 100 1 17 -
                """);
    }

    @Test
    void writesATableForPeople() throws Exception {
        Outcome outcome = run("talkers", "a.log");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo("""
                srcaddr   dstaddr     bytes  packets  flows
                10.0.0.1  10.0.0.2  2.0 KiB        3      1
                10.0.0.3  10.0.0.2    100 B        1      1
                """);
        assertThat(outcome.status()).isZero();
        try (var left = Files.list(temporary)) {
            assertThat(left.filter(p -> p.toString().contains("flowlog-query"))).isEmpty();
        }
    }

    @Test
    void writesCsvAndJsonFromStandardInput() throws Exception {
        String sql = "select new_field, bytes, timestamp '2026-03-17 09:40:00' as t from flows order by bytes desc";
        assertThat(run("--as", "csv", sql).out()).isEqualTo("""
                new_field,bytes,t
                "a,""b",2048,2026-03-17T09:40:00Z
                ,100,2026-03-17T09:40:00Z
                """);
        assertThat(run("--as", "json", "--limit", "1", sql, "-").out())
                .isEqualTo("{\"new_field\":\"a,\\\"b\",\"bytes\":2048,\"t\":\"2026-03-17T09:40:00Z\"}\n");
    }

    @Test
    void listsAndShowsItsQuestions() throws Exception {
        assertThat(run("--list").out().lines()).hasSize(12).anyMatch(l -> l.matches("nat +Who makes .*"));
        assertThat(run("--show-sql", "gaps").out())
                .isEqualTo("-- Where did AWS skip records?\n"
                        + NamedQuery.of("gaps").orElseThrow().sql() + "\n");
    }

    /** With absolute names of inputs, because this JVM has another working directory; they are not in the outcome. */
    private Outcome runHere(String query, String input) {
        PrintStream before = System.err;
        ByteArrayOutputStream reported = new ByteArrayOutputStream();
        System.setErr(new PrintStream(reported, true, StandardCharsets.UTF_8));
        try {
            int status = io.flowlog.cli.Main.commandLine(new Main(), System.err)
                    .execute("query", query, folder.resolve(input).toString());
            return new Outcome(
                    status, "", reported.toString(StandardCharsets.UTF_8).replace(folder + "/", ""));
        } finally {
            System.setErr(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, selekt 1, a.log, Parser Error: syntax error",
        "1, talkers, damaged, damaged/2.log.gz",
        "3, talkers, malformed.log, 'malformed.log, line 2: expected 4 columns, found 1'"
    })
    void endsTheProcessWithTheStatusOfWhatIsWrong(int status, String query, String input, String message)
            throws Exception {
        writeWrongInputs();
        Outcome outcome = run(query, input);
        assertOneLine(outcome, status, message);
        if (status != 3) {
            assertThat(outcome.out().getBytes(StandardCharsets.UTF_8)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, selekt 1, a.log, Parser Error: syntax error",
        "2, natt, a.log, there is no question 'natt'; did you mean 'nat'?",
        "4, talkers, missing.log, missing.log: no such file",
        "4, talkers, empty, empty: no files found",
        "4, talkers, text, not a flow log: text/readme.txt",
        "5, nat, a.log, nat needs the columns pkt_srcaddr and pkt_dstaddr",
        "5, select nosuch from flows, a.log, there is no column nosuch"
    })
    void saysInOneLineWhatIsWrong(int status, String query, String input, String message) throws Exception {
        writeWrongInputs();
        assertOneLine(runHere(query, input), status, message);
    }

    private static void assertOneLine(Outcome outcome, int status, String message) {
        assertThat(outcome.err()).startsWith("flowlog: " + message);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.status()).isEqualTo(status);
    }

    private void writeWrongInputs() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        Files.writeString(Files.createDirectory(folder.resolve("text")).resolve("readme.txt"), "Read Me\n");
        Files.writeString(folder.resolve("malformed.log"), "srcaddr dstaddr bytes packets\nx\na b 1 2\n");
        Path damaged = Files.createDirectory(folder.resolve("damaged"));
        byte[] whole = Gzip.of("srcaddr dstaddr bytes packets\n" + "a b 1 2\n".repeat(1000));
        Files.write(damaged.resolve("1.log.gz"), whole);
        Files.write(damaged.resolve("2.log.gz"), Arrays.copyOf(whole, whole.length - 1));
        Files.write(damaged.resolve("3.log.gz"), whole);
    }
}
