package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.local.EmbeddedS3;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, with objects of an S3 server as its inputs. */
class S3InputTest {
    private static final String PREFIX = "AWSLogs/123456789012/vpcflowlogs/eu-west-1/2026/03/17/";

    @TempDir
    private Path folder;

    private String query(EmbeddedS3 s3, int status, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "query",
                "--as",
                "csv"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(s3.functionSettings());
        builder.redirectOutput(out.toFile()).redirectError(folder.resolve("err").toFile());
        assertThat(builder.start().waitFor())
                .as(() -> {
                    try {
                        return Files.readString(folder.resolve("err"));
                    } catch (java.io.IOException e) {
                        return e.toString();
                    }
                })
                .isEqualTo(status);
        return Files.readString(out);
    }

    @Test
    void answersAboutFlowLogsAndParquetOfAPeriod() throws Exception {
        Path parquet = folder.resolve("x.parquet");
        try (Databases any = Databases.over(List.of())) {
            any.sql("copy (select 700 as bytes) to " + Sql.text(parquet.toString()) + " (format parquet)");
        }
        try (EmbeddedS3 s3 = EmbeddedS3.start()) {
            s3.createBucket("flows");
            String name = PREFIX + "123456789012_vpcflowlogs_eu-west-1_fl-1234abcd_20260317T";
            s3.put("flows", name + "0900Z_aaaa1111.log.gz", Gzip.of("bytes action\n1 ACCEPT\n"));
            s3.put("flows", name + "1000Z_bbbb2222.log.gz", Gzip.of("bytes action\n20 ACCEPT\n"));
            s3.put("flows", name + "1100Z_cccc3333.log.gz", Gzip.of("bytes action\n300 ACCEPT\n"));
            s3.put("flows", name + "1130Z_dddd4444.log.parquet", parquet);
            String sum = "select sum(bytes) as bytes from flows";
            assertThat(query(s3, 0, sum, "s3://flows/AWSLogs/")).isEqualTo("bytes\n1021\n");
            assertThat(query(
                            s3,
                            0,
                            sum,
                            "s3://flows/AWSLogs/",
                            "--since",
                            "2026-03-17T10:00:00Z",
                            "--until",
                            "2026-03-17T11:00:00Z"))
                    .isEqualTo("bytes\n20\n");
            s3.put("flows", PREFIX + "notes.txt", "Read Me\n".getBytes(StandardCharsets.UTF_8));
            assertThat(query(s3, 4, sum, "s3://flows/AWSLogs/")).isEmpty();
            assertThat(Files.readString(folder.resolve("err")))
                    .contains("not a flow log", "notes.txt")
                    .hasLineCount(1);
        }
    }
}
