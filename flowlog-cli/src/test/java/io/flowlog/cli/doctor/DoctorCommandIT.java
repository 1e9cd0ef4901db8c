package io.flowlog.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.testing.RunsTheCommand;
import io.flowlog.cli.testing.Samples;
import io.flowlog.sample.SampleFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code flowlog doctor} says about a folder and about a missing file. */
class DoctorCommandIT extends RunsTheCommand {
    @Test
    void showsALineForEachFileTheSumAndTheFormatsThatDiffer() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("logs"));
        Files.write(folder.resolve("a.log.gz"), Samples.gzip(Samples.text(SampleFormat.V2, 100)));
        Files.write(folder.resolve("b.log"), Samples.text(SampleFormat.V5, 50));
        Files.write(folder.resolve("c.log.gz"), Samples.gzip(ascii("PAR1")));
        String missing = directory.resolve("missing.log").toString();
        Result result = flowlog("doctor", folder.toString(), missing);

        assertThat(result.status()).isEqualTo(4);
        assertThat(result.err()).isEqualTo("flowlog: " + missing + ": no such file\n");
        assertThat(result.out())
                .containsPattern("a\\.log\\.gz +VPC flow log, gzip +1 +100 +0 +delivers\n")
                .containsPattern("b\\.log +VPC flow log +2 +50 +0 +delivers\n")
                .containsPattern("c\\.log\\.gz +a Parquet file, gzip +- +0 +0 +parquet\n")
                .contains("Sum of 3 files\n", "  Function    2 delivers, 1 parquet\n", "The formats differ: 2\n")
                .contains("compared to format 1: also vpc-id, subnet-id");
    }
}
