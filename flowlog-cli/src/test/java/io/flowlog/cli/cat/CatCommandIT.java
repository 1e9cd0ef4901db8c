package io.flowlog.cli.cat;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.testing.NaiveConversion;
import io.flowlog.cli.testing.RunsTheCommand;
import io.flowlog.cli.testing.Samples;
import io.flowlog.sample.SampleFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code flowlog cat} does with good and damaged files. */
class CatCommandIT extends RunsTheCommand {
    private static final String HEADER = "version srcaddr bytes";

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
}
