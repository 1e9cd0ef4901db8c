package io.flowlog.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.parser.FlowLogReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.execution.ExplainMode;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowBatchTest {
    @TempDir
    private Path folder;

    private static RowBatch batch(String columns) {
        ReadOptions options = ReadOptions.of(new CaseInsensitiveStringMap(Map.of("path", "x")));
        RowBatch batch = new RowBatch(new ReadPlan(StructType.fromDDL(columns), options, null));
        batch.use(new LogFile("s3a://b/x.log", 1));
        return batch;
    }

    private static void add(RowBatch batch, String text) throws IOException {
        try (FlowLogReader reader =
                FlowLogReader.builder().open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            while (reader.advance()) {
                batch.add(reader.row());
            }
        }
    }

    @Test
    void hasTheValuesAndNullsOfRowsOfSeveralFormatsAndOfMalformedLines() throws IOException {
        RowBatch batch = batch("bytes bigint, srcaddr string, dstport int, _file string, _corrupt_record string");
        add(batch, "srcaddr bytes dstport\n10.0.0.1 7 -\n- 9223372036854775807 22\n");
        add(batch, "action bytes\nACCEPT -\n");
        add(batch, "version bytes srcport dstport srcaddr\n2 1 5 65535 ::1\n2 2 5 - -\n");
        batch.addMalformed("odd");
        ColumnarBatch rows = batch.toSpark();
        assertThat(rows.numRows()).isEqualTo(6);
        assertThat(values(rows, 0)).containsExactly(7L, Long.MAX_VALUE, null, 1L, 2L, null);
        assertThat(values(rows, 1)).containsExactly("10.0.0.1", null, null, "::1", null, null);
        assertThat(values(rows, 2)).containsExactly(null, 22, null, 65535, null, null);
        assertThat(values(rows, 3)).containsOnly("s3a://b/x.log");
        assertThat(values(rows, 4)).containsExactly(null, null, null, null, null, "odd");
        assertThat(rows.column(1).numNulls()).isEqualTo(4);
        assertThat(rows.column(1).hasNull()).isTrue();
        assertThat(rows.column(3).hasNull()).isFalse();
    }

    private static List<Object> values(ColumnarBatch rows, int index) {
        List<Object> values = new ArrayList<>();
        ColumnVector column = rows.column(index);
        for (int i = 0; i < rows.numRows(); i++) {
            Object value = switch (column.dataType().typeName()) {
                case "long" -> column.getLong(i);
                case "integer" -> column.getInt(i);
                default -> String.valueOf(column.getUTF8String(i));
            };
            values.add(column.isNullAt(i) ? null : value);
        }
        return values;
    }

    @Test
    void isUsableAgainAfterSparkHasClosedIt() throws IOException {
        RowBatch batch = batch("srcaddr string");
        add(batch, "srcaddr bytes\n10.0.0.1 1\n");
        batch.toSpark().closeIfFreeable();
        batch.clear();
        assertThat(batch.isEmpty()).isTrue();
        add(batch, "srcaddr bytes\n10.0.0.2 1\n");
        assertThat(values(batch.toSpark(), 0)).containsExactly("10.0.0.2");
    }

    @Test
    void rejectsAccessByAnotherType() throws IOException {
        RowBatch batch = batch("srcaddr string");
        assertThatThrownBy(() -> batch.toSpark().column(0).getBinary(0)).hasMessage("a column of type STRING");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesSparkEveryRowOfFilesThatNeedSeveralBatches(boolean wholeStage) throws IOException {
        Path file = Logs.key(folder, "012345678901", "eu-west-1", "fl-01", "20260317T0940");
        List<String> lines = new ArrayList<>(List.of("srcaddr bytes"));
        List<Row> expected = new ArrayList<>();
        for (int i = 0; i < 3 * RowBatch.ROWS + 5; i++) {
            boolean malformed = i % 1000 == RowBatch.ROWS % 1000;
            String address = "10.0." + i / 256 + "." + i % 256;
            lines.add(malformed ? "odd" + i : address + " " + i);
            expected.add(RowFactory.create(
                    malformed ? null : address,
                    malformed ? null : (long) i,
                    malformed ? "odd" + i : null,
                    "eu-west-1",
                    Date.valueOf("2026-03-17")));
        }
        Logs.write(file, lines.toArray(String[]::new));
        Sessions.spark().conf().set("spark.sql.codegen.wholeStage", wholeStage);
        try {
            Dataset<Row> flows = Sessions.flowlog().load(folder.toString()).selectExpr("*", "_region", "_date");
            assertThat(flows.collectAsList()).containsExactlyElementsOf(expected);
            assertThat(flows.count()).isEqualTo(expected.size());
            assertThat(flows.queryExecution().explainString(ExplainMode.fromString("simple")))
                    .contains("ColumnarToRow");
        } finally {
            Sessions.spark().conf().unset("spark.sql.codegen.wholeStage");
        }
    }

    @Test
    void givesSparkTextsThatFillABatchBeforeItHasAllRows() throws IOException {
        List<String> lines = new ArrayList<>(List.of("bytes some-future-field another-one"));
        List<Row> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String text = String.valueOf((char) ('a' + i % 26)).repeat(30_000 + i);
            lines.add(i + " " + text + " é" + i);
            expected.add(RowFactory.create((long) i, text, "é" + i));
        }
        Logs.write(folder.resolve("a.log.gz"), lines.toArray(String[]::new));
        Dataset<Row> flows = Sessions.flowlog().option("mode", "FAILFAST").load(folder.toString());
        assertThat(flows.collectAsList()).containsExactlyElementsOf(expected);
    }
}
