package io.flowlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What the program does when all is well, and with damaged files. */
class CommandIT extends RunsTheCommand {
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
}
