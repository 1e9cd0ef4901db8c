package io.flowlog.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

class MalformedLinesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Logs.write(
                folder.resolve("a.log.gz"),
                "srcaddr bytes",
                "10.0.0.1 1",
                "10.0.0.2  many",
                "10.0.0.3",
                "10.0.0.4 4",
                "10.0.0.5 5 5");
    }

    private Dataset<Row> load(String mode) {
        return Sessions.flowlog().option("mode", mode).load(folder.toString());
    }

    @Test
    void failFastNamesFileLineAndColumn() {
        Dataset<Row> flows = load("FAILFAST");
        assertThat(flows.columns()).containsExactly("srcaddr", "bytes");
        assertThatThrownBy(flows::collectAsList)
                .hasStackTraceContaining("a.log.gz, line 3, column bytes: expected - or an integer");
        assertThatThrownBy(flows.select("srcaddr")::collectAsList).hasStackTraceContaining("line 3, column bytes");
        assertThatThrownBy(flows::count).hasStackTraceContaining("line 3, column bytes");
    }

    @Test
    void dropMalformedCountsTheLines() {
        var accumulator = MalformedLines.accumulator(Sessions.spark());
        accumulator.reset();
        Dataset<Row> flows = load("dropmalformed");
        assertThat(flows.columns()).containsExactly("srcaddr", "bytes");
        assertThat(flows.collectAsList())
                .containsExactly(RowFactory.create("10.0.0.1", 1L), RowFactory.create("10.0.0.4", 4L));
        assertThat(accumulator.value()).isEqualTo(3);
        assertThat(flows.count()).isEqualTo(2);
        assertThat(accumulator.value()).isEqualTo(6);
    }

    @Test
    void permissiveKeepsTheLinesAsWritten() {
        Dataset<Row> flows = load("PERMISSIVE");
        assertThat(flows.columns()).containsExactly("srcaddr", "bytes", "_corrupt_record");
        assertThat(flows.collectAsList())
                .containsExactly(
                        RowFactory.create("10.0.0.1", 1L, null),
                        RowFactory.create(null, null, "10.0.0.2  many"),
                        RowFactory.create(null, null, "10.0.0.3"),
                        RowFactory.create("10.0.0.4", 4L, null),
                        RowFactory.create(null, null, "10.0.0.5 5 5"));
    }

    @Test
    void permissiveHasTheSameRowsForEveryChoiceOfColumns() {
        Dataset<Row> flows = load("PERMISSIVE");
        assertThat(flows.count()).isEqualTo(5);
        assertThat(flows.select("bytes").collectAsList()).hasSize(5);
        assertThat(flows.where("_corrupt_record is not null")
                        .select("_corrupt_record")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("10.0.0.2  many", "10.0.0.3", "10.0.0.5 5 5");
        assertThat(flows.where("_corrupt_record is not null").count()).isEqualTo(3);
        assertThat(flows.where("bytes is null").count()).isEqualTo(3);
        assertThat(flows.where("bytes = 4 or _corrupt_record like '%.3'").count())
                .isEqualTo(2);
        assertThat(flows.where("bytes >= 1").count()).isEqualTo(2);
        assertThat(Sessions.flowlog()
                        .schema("bytes bigint")
                        .load(folder.toString())
                        .collectAsList())
                .hasSize(5);
    }

    @Test
    void ofALineThatIsTooLongTheBeginningIsKept() throws IOException {
        Logs.write(folder.resolve("a.log.gz"), "srcaddr bytes", "long-" + "x".repeat(100_000), "10.0.0.2 2");
        assertThat(load("PERMISSIVE")
                        .selectExpr("srcaddr", "left(_corrupt_record, 6)")
                        .collectAsList())
                .containsExactly(RowFactory.create(null, "long-x"), RowFactory.create("10.0.0.2", null));
        assertThat(load("PERMISSIVE")
                        .where("_corrupt_record like 'long-%' and length(_corrupt_record) > 1000")
                        .count())
                .isEqualTo(1);
        assertThat(load("DROPMALFORMED").count()).isEqualTo(1);
    }

    @Test
    void theColumnOfMalformedLinesCanHaveAnotherName() {
        Dataset<Row> flows =
                Sessions.flowlog().option("columnNameOfCorruptRecord", "bad").load(folder.toString());
        assertThat(flows.where("bad is null").count()).isEqualTo(2);
        assertThat(Sessions.flowlog()
                        .option("columnNameOfCorruptRecord", "bad")
                        .schema("bad string, _corrupt_record string")
                        .load(folder.toString())
                        .where("bad is not null and _corrupt_record is null")
                        .count())
                .isEqualTo(3);
    }

    @Test
    void theMetricOfTheScanHasTheNumber() {
        Dataset<Row> flows = load("DROPMALFORMED");
        SparkPlan plan = flows.queryExecution().executedPlan();
        plan.executeCollect();
        SparkPlan scan = CollectionConverters.asJava(plan.collectLeaves()).get(0);
        SQLMetric metric = scan.metrics().apply("malformedLines");
        assertThat(metric.value()).isEqualTo(3L);
    }

    @Test
    void aFileOfNothingButMalformedLinesIsReadToItsEnd() throws IOException {
        String[] lines = new String[20_001];
        Arrays.fill(lines, "x");
        lines[0] = "srcaddr bytes";
        Logs.write(folder.resolve("b.log"), lines);
        assertThat(load("PERMISSIVE").count()).isEqualTo(20_005);
        assertThat(load("DROPMALFORMED").count()).isEqualTo(2);
    }

    @Test
    void aDamagedGzipFileFailsInEveryModeUnlessDamagedFilesAreIgnored() throws IOException {
        Path file = folder.resolve("a.log.gz");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(folder.resolve("cut.log.gz"), Arrays.copyOf(bytes, bytes.length - 6));
        for (String mode : new String[] {"PERMISSIVE", "DROPMALFORMED"}) {
            assertThatThrownBy(() -> load(mode).count()).hasStackTraceContaining("cut.log.gz, gzip member 1");
        }
        assertThat(Sessions.flowlog()
                        .option("ignoreCorruptFiles", true)
                        .load(folder.toString())
                        .where("srcaddr = '10.0.0.1'")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aFileThatIsGoneFailsUnlessMissingFilesAreIgnored() throws IOException {
        Path gone = Logs.write(folder.resolve("gone.log"), "srcaddr bytes", "10.0.0.9 9");
        Dataset<Row> flows = load("DROPMALFORMED");
        Dataset<Row> ignoring = Sessions.flowlog()
                .option("mode", "DROPMALFORMED")
                .option("ignoreMissingFiles", true)
                .load(folder.toString(), folder.resolve("never.log").toString());
        Files.delete(gone);
        assertThatThrownBy(flows::count).hasStackTraceContaining("gone.log");
        assertThat(ignoring.count()).isEqualTo(2);
    }
}
