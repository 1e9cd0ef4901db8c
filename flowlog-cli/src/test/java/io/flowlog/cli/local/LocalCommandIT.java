package io.flowlog.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.InProcess;
import io.flowlog.cli.testing.NaiveConversion;
import io.flowlog.cli.testing.RunsTheCommand;
import io.flowlog.cli.testing.Samples;
import io.flowlog.sample.SampleFormat;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * What {@code flowlog local} does with good and damaged files. Where neither the environment of the program nor its process
 * matters, the program runs in this JVM; the function has a process of its own everywhere.
 */
class LocalCommandIT extends RunsTheCommand {
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
        Result result = InProcess.flowlog(
                "local", file("my flows.log.gz", Samples.gzip(text)).toString());

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.outLines())
                .containsAll(NaiveConversion.toJson(text).subList(0, 3))
                .anyMatch(line -> line.contains("AWSLogs/123456789012/vpcflowlogs/us-east-1/"));
    }

    @Test
    void deliversAFileThatWasNamedTwiceTwice() throws Exception {
        String file = file("a.log", Samples.text(SampleFormat.V2, 5)).toString();
        Result result = InProcess.flowlog("local", file, file);

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("2 of 2 objects, 10 of 10 records");
    }

    @Test
    void tellsMalformedLinesWithTheirNumbersAndDeliversTheRest() throws Exception {
        Path file = file("bad.log", ascii(HEADER, "2 10.0.0.1 5", "2 10.0.0.1", "", "2 10.0.0.2 -5", "2 10.0.0.3 7"));
        Result result = InProcess.flowlog("local", file.toString());

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("bad.log, line 3: "))
                .anyMatch(line -> line.contains("bad.log, line 5, column bytes: "));
        assertThat(result.out()).contains("2 of 2 records").contains("2 malformed lines");
    }

    @Test
    void countsWhatTheFilterAndTheSampleOfTheFunctionLeaveOut() throws Exception {
        environment.put("FLOWLOG_FILTER", "bytes >= 5");
        environment.put("FLOWLOG_SAMPLE_RATE", "1000000007");
        environment.put("FLOWLOG_SAMPLE_WHERE", "bytes = 9");
        Path file = file("a.log", ascii(HEADER, "2 10.0.0.1 4", "2 10.0.0.1 5", "2 10.0.0.2 9", "2 10.0.0.3 7"));
        Result result = flowlog("local", file.toString());

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("2 of 4 records")
                .contains("Read       4 = 2 delivered + 1 filtered out + 1 sampled out + 0 malformed");
    }

    @Test
    void stopsAtAFieldOfTheFilterThatDoesNotExist() throws Exception {
        environment.put("FLOWLOG_FILTER", "srcadr = 10.0.0.1");
        Path one = file("a.log", ascii(HEADER, "2 10.0.0.1 4"));
        Path two = file("b.log", ascii(HEADER, "2 10.0.0.1 4"));
        Result result = flowlog("local", one.toString(), two.toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("flowlog: not delivered: a.log: filter, character 1: ")
                .endsWith("did you mean \"srcaddr\"?");
    }

    @Test
    void saysWhichObjectWasNotDelivered() throws Exception {
        byte[] whole = Samples.gzip(Samples.text(SampleFormat.V5, 500));
        Path cut = file("cut.log.gz", Arrays.copyOf(whole, whole.length / 2));
        Path good = file("good.log", Samples.text(SampleFormat.V2, 5));
        Result result = InProcess.flowlog("local", cut.toString(), good.toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err().lines()).hasSize(1).allMatch(line -> line.contains("cut.log.gz"));
        assertThat(result.out()).contains("1 of 2 objects");
    }

    @Test
    void deliversToALakeOfTheUsers() throws Exception {
        byte[] text = Samples.text(SampleFormat.V2, 50);
        Path file = file("flows.log", text);
        try (LocalLake lake = LocalLake.start("the-right-token", Integer.MAX_VALUE)) {
            Result result = InProcess.flowlog(
                    "local", file.toString(), "--lake", lake.endpoint().toString(), "--token", "the-right-token");

            assertThat(result.status()).as(result.err()).isZero();
            assertThat(lake.lines()).isEqualTo(NaiveConversion.toJson(text));
        }
    }

    @Test
    void saysThatTheLakeRefusesTheTokenWithoutShowingIt() throws Exception {
        String file = file("flows.log", Samples.text(SampleFormat.V2, 50)).toString();
        try (LocalLake lake = LocalLake.start("the-right-token", 1)) {
            Result result = InProcess.flowlog(
                    "local", file, "--lake", lake.endpoint().toString(), "--token", "the-wrong-token");

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.err()).contains("rejects the token: ", "401");
            assertThat(result.out() + result.err()).doesNotContain("the-wrong-token");
        }
    }
}
