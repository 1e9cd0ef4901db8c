package io.flowlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user runs it: the script at the root of the project. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class CommandIT {
    private static final Path SCRIPT =
            Path.of("").toAbsolutePath().resolveSibling("flowlog").normalize();

    @TempDir
    private Path directory;

    private record Result(int status, String out, String err) {
        List<String> outLines() {
            return out.lines().toList();
        }
    }

    private Result flowlog(String... arguments) throws IOException, InterruptedException {
        return run(
                System.getProperty("java.home"),
                null,
                Stream.concat(Stream.of("./flowlog"), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private Result run(String javaHome, @Nullable Path input, String... command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(SCRIPT.getParent().toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        builder.environment().put("JAVA_HOME", javaHome);
        builder.environment().remove("DASSANA_TOKEN");
        Process process = builder.start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("ended in time").isTrue();
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    private static byte[] ascii(String... lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static final String HEADER = "version srcaddr bytes";

    @Test
    void showsTheSamplesDelivered() throws Exception {
        Result result = flowlog("local");

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("Delivered  4 of 4 objects, 1,500 of 1,500 records, in 4 batches")
                .contains("\n{\"version\":2,\"account-id\":\"123456789012\",");
    }

    @Test
    void showsTheFirstRecordsOfAFileAsTheLakeGotThem() throws Exception {
        byte[] text = Samples.text(SampleFormat.V5, 50);
        Result result =
                flowlog("local", file("my flows.log.gz", Samples.gzip(text)).toString());

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.outLines())
                .containsAll(NaiveConversion.toJson(text).subList(0, 3))
                .anyMatch(line -> line.contains("AWSLogs/123456789012/vpcflowlogs/us-east-1/"));
    }

    @Test
    void deliversAFileThatWasNamedTwiceTwice() throws Exception {
        String file = file("a.log", Samples.text(SampleFormat.V2, 5)).toString();
        Result result = flowlog("local", file, file);

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("2 of 2 objects, 10 of 10 records");
    }

    @Test
    void tellsMalformedLinesWithTheirNumbersAndDeliversTheRest() throws Exception {
        Path file = file("bad.log", ascii(HEADER, "2 10.0.0.1 5", "2 10.0.0.1", "", "2 10.0.0.2 -5", "2 10.0.0.3 7"));
        Result result = flowlog("local", file.toString());

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("bad.log, line 3: "))
                .anyMatch(line -> line.contains("bad.log, line 5, column bytes: "));
        assertThat(result.out()).contains("2 of 2 records").contains("2 malformed lines");
    }

    @Test
    void saysWhichObjectWasNotDelivered() throws Exception {
        byte[] whole = Samples.gzip(Samples.text(SampleFormat.V5, 500));
        Path cut = file("cut.log.gz", Arrays.copyOf(whole, whole.length / 2));
        Path good = file("good.log", Samples.text(SampleFormat.V2, 5));
        Result result = flowlog("local", cut.toString(), good.toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err().lines()).hasSize(1).allMatch(line -> line.contains("cut.log.gz"));
        assertThat(result.out()).contains("1 of 2 objects");
    }

    @Test
    void hasOneLineForEveryNewcomersMistake() throws Exception {
        Path notes = file("notes.txt", ascii("Dear diary"));
        assertMistake(
                4, "no such file", "local", directory.resolve("nothing.log").toString());
        assertMistake(4, "is a directory", "local", directory.toString());
        assertMistake(4, "not a flow log", "local", notes.toString());
        assertMistake(4, "no such file", "cat", directory.resolve("nothing.log").toString());
        assertMistake(4, "is a directory", "cat", directory.toString());
        assertMistake(4, "not a flow log", "cat", notes.toString());
        assertMistake(2, "a command is missing");
        assertMistake(2, "Unknown option: '--lak'", "local", "--lak", "x");
        assertMistake(2, "needs a token", "local", "--lake", "https://lake.example.com/logs");
        assertMistake(2, "has to be https", "local", "--lake", "http://lake.example.com/logs", "--token", "t0ken");
        assertMistake(2, "expected v2, v5, v11 or tgw", "sample", "--format", "v3");
        assertMistake(2, "expected a size", "sample", "--bytes", "lots");
    }

    private void assertMistake(int status, String message, String... arguments) throws Exception {
        Result result = flowlog(arguments);
        assertThat(result.err().lines()).as(String.join(" ", arguments)).hasSize(1);
        assertThat(result.err()).startsWith("flowlog: ").contains(message);
        assertThat(result.out()).isEmpty();
        assertThat(result.status()).isEqualTo(status);
    }

    @Test
    void saysThatTheLakeCannotBeReached() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertMistake(
                1,
                "cannot be reached",
                "local",
                "--lake",
                "http://127.0.0.1:" + port + "/logs",
                "--token",
                "some-token-of-mine");
    }

    @Test
    void deliversToALakeOfTheUsers() throws Exception {
        byte[] text = Samples.text(SampleFormat.V2, 50);
        Path file = file("flows.log", text);
        try (LocalLake lake = LocalLake.start("the-right-token", Integer.MAX_VALUE)) {
            Result result = flowlog(
                    "local", file.toString(), "--lake", lake.endpoint().toString(), "--token", "the-right-token");

            assertThat(result.status()).as(result.err()).isZero();
            assertThat(lake.lines()).isEqualTo(NaiveConversion.toJson(text));
        }
    }

    @Test
    void saysThatTheLakeRefusesTheTokenWithoutShowingIt() throws Exception {
        String file = file("flows.log", Samples.text(SampleFormat.V2, 50)).toString();
        try (LocalLake lake = LocalLake.start("the-right-token", 1)) {
            Result result = flowlog("local", file, "--lake", lake.endpoint().toString(), "--token", "the-wrong-token");

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.err()).contains("refuses the token (401)");
            assertThat(result.out() + result.err()).doesNotContain("the-wrong-token");
        }
    }

    @Test
    void writesJsonLinesOfFilesAndStandardInput() throws Exception {
        byte[] first = Samples.text(SampleFormat.V11, 100);
        byte[] second = Samples.text(SampleFormat.TGW, 100);
        Path file = file("first.log.gz", Samples.gzip(first));
        Path input = file("second.log", second);
        Result result = run(System.getProperty("java.home"), input, "./flowlog", "cat", file.toString(), "-");

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.outLines())
                .isEqualTo(
                        Stream.concat(NaiveConversion.toJson(first).stream(), NaiveConversion.toJson(second).stream())
                                .toList());
    }

    @Test
    void writesWhatItCanAndTellsTheRest() throws Exception {
        Path bad = file("bad.log", ascii(HEADER, "2 10.0.0.1 x", "2 10.0.0.2 7"));
        Result malformed = flowlog("cat", bad.toString());
        assertThat(malformed.status()).isEqualTo(3);
        assertThat(malformed.out()).isEqualTo("{\"version\":2,\"srcaddr\":\"10.0.0.2\",\"bytes\":7}\n");
        assertThat(malformed.err().lines()).hasSize(1).allMatch(line -> line.contains("bad.log, line 2, column bytes"));

        Result missing = flowlog("cat", directory.resolve("nothing.log").toString(), bad.toString());
        assertThat(missing.status()).isEqualTo(3);
        assertThat(missing.out()).isEqualTo(malformed.out());
    }

    @Test
    void tellsNoMoreThanTenMalformedLinesOneByOne() throws Exception {
        String[] lines = new String[101];
        Arrays.fill(lines, "2");
        lines[0] = HEADER;
        Result result = flowlog("cat", file("bad.log", ascii(lines)).toString());

        assertThat(result.err().lines()).hasSize(11);
        assertThat(result.err()).contains("90 more malformed lines, 100 in all");
    }

    @Test
    void readsInputWithoutAHeaderInTheFormatThatIsGiven() throws Exception {
        Path file = file("cloudwatch.log", ascii("10.0.0.1 5 2", "- - 3"));
        Result result = flowlog("cat", "--format", "${srcaddr} ${bytes} ${version}", file.toString());

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.outLines())
                .containsExactly(
                        "{\"srcaddr\":\"10.0.0.1\",\"bytes\":5,\"version\":2}",
                        "{\"srcaddr\":null,\"bytes\":null,\"version\":3}");
    }

    @Test
    void writesTheExampleOfTheDesignByteForByte() throws Exception {
        Path file = file(
                "seed.log",
                ascii("2 123456789012 eni-01ab234c5de6f78g9 10.0.0.4 10.0.0.5 123 33298 17 1 76 1640995465 1640995493"
                        + " ACCEPT OK"));
        Result result = flowlog("cat", "--format", "default", file.toString());

        assertThat(result.out())
                .isEqualTo("{\"version\":2,\"account-id\":\"123456789012\",\"interface-id\":\"eni-01ab234c5de6f78g9\","
                        + "\"srcaddr\":\"10.0.0.4\",\"dstaddr\":\"10.0.0.5\",\"srcport\":123,\"dstport\":33298,"
                        + "\"protocol\":17,\"packets\":1,\"bytes\":76,\"start\":1640995465,\"end\":1640995493,"
                        + "\"action\":\"ACCEPT\",\"log-status\":\"OK\"}\n");
    }

    @Test
    void isQuietWhenItsReaderHasSeenEnough() throws Exception {
        Result result = run(
                System.getProperty("java.home"),
                null,
                "sh",
                "-c",
                "./flowlog sample --records 200000 | ./flowlog cat | head -n 1");

        assertThat(result.err()).isEmpty();
        assertThat(result.outLines()).hasSize(1).allMatch(line -> line.startsWith("{\"version\":2,"));
    }

    @Test
    void makesSamplesPlainAndCompressed() throws Exception {
        Path file = directory.resolve("sample.log.gz");
        assertThat(flowlog("sample", "--format", "tgw", "--records", "7", "--seed", "9", "-o", file.toString())
                        .status())
                .isZero();
        Result plain = flowlog("sample", "--format", "tgw", "--records", "7", "--seed", "9");

        assertThat(plain.outLines()).hasSize(8);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo(plain.out());
        }
    }

    @Test
    void refusesAnOldJavaInOneLine() throws Exception {
        Path bin = Files.createDirectories(directory.resolve("jdk8/bin"));
        Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Result old = run(bin.getParent().toString(), null, "./flowlog", "local");

        assertThat(old.status()).isNotZero();
        assertThat(old.err().lines()).hasSize(1);
        assertThat(old.err()).contains("this is Java 1.8.0_402; Java 17 or newer is needed");

        Result missing = run(directory.resolve("nothing").toString(), null, "./flowlog", "local");
        assertThat(missing.status()).isNotZero();
        assertThat(missing.err().lines()).hasSize(1);
        assertThat(missing.err()).contains("has no bin/java");
    }
}
