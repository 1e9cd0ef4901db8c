package io.flowlog.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.parser.FlowLogCounts;
import io.flowlog.parser.FlowLogField;
import io.flowlog.parser.FlowLogFilter;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.sample.SampleFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Parquet files of other programs, and their text. */
class TwinsTest {
    @TempDir
    private Path folder;

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Twins.FOLDER)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
            assertThat(found).hasSizeGreaterThan(10);
            return found;
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileOfSparkOrArrowHasTheRowsOfItsText(Path file) throws IOException {
        String name = file.getFileName().toString();
        Path text = Twins.FOLDER.resolve(name.substring(0, name.indexOf('-')) + ".log");
        assertThat(Twins.rows(file)).isEqualTo(Twins.rows(text)).hasSizeGreaterThan(1);
        assertThat(counts(file)).isEqualTo(counts(text));
    }

    private static List<Long> counts(Path file) throws IOException {
        try (FlowLogReader reader = FlowLogReader.open(file)) {
            while (reader.advance()) {
                assertThat(reader.row().lineNumber()).isGreaterThan(1);
            }
            FlowLogCounts counts = reader.counts();
            return List.of(counts.lines(), counts.records(), counts.headers(), counts.malformed());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "V2, gzip, INTEGER, _, null",
        "V2, snappy, BIGINT, -, null",
        "V5, uncompressed, BIGINT, _, dash",
        "V5, zstd, VARCHAR, _, null",
        "V11, gzip, DOUBLE, _, dash",
        "V11, snappy, 'DECIMAL(38, 0)', -, null",
        "TGW, gzip, UBIGINT, _, null",
        "TGW, zstd, 'DECIMAL(12, 0)', _, null",
    })
    void aFileOfDuckDbWithSeveralRowGroupsHasTheRowsOfItsText(
            SampleFormat format, String codec, String integers, String separator, String absent) throws Exception {
        Path text = Twins.text(folder, format, 5000);
        String sql = Twins.select(text, name -> {
            String value = absent.equals("dash") ? quoted(name) : "nullif(" + quoted(name) + ", '-')";
            boolean isInteger =
                    FlowLogField.of(name).orElseThrow().isInteger() && !name.equals("start") && !name.equals("end");
            String typed = isInteger ? "CAST(nullif(" + quoted(name) + ", '-') AS " + integers + ")" : value;
            return typed + " AS " + quoted(name.replace("-", separator));
        });
        for (String version : List.of("V1", "V2")) {
            Path file = Twins.write(
                    folder.resolve(version + ".parquet"),
                    sql,
                    ", COMPRESSION " + codec + ", ROW_GROUP_SIZE 2048, PARQUET_VERSION " + version);
            assertThat(Twins.rows(file)).isEqualTo(Twins.rows(text)).hasSize(5001);
        }
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    @Test
    void aLargeRowGroupIsReadAWindowAtATime() throws Exception {
        Path text = Twins.text(folder, SampleFormat.V5, 60_000);
        Path file = Twins.write(
                folder.resolve("large.parquet"),
                Twins.select(text, name -> quoted(name) + " AS " + quoted(name)),
                ", COMPRESSION uncompressed, ROW_GROUP_SIZE 100000, DICTIONARY_SIZE_LIMIT 1");
        assertThat(Files.size(file)).isGreaterThan(10_000_000);
        assertThat(Twins.rows(file)).isEqualTo(Twins.rows(text));
    }

    @Test
    void aFileWithoutRowsHasAFormatAndNoRecords() throws Exception {
        Path file =
                Twins.write(folder.resolve("empty.parquet"), "SELECT 1 AS version, 'a' AS account_id WHERE false", "");
        assertThat(Twins.rows(file)).containsExactly("version account-id");
    }

    @Test
    void aFilterSeesTheValuesOfParquet() throws Exception {
        List<String> found = new ArrayList<>();
        try (FlowLogReader reader = FlowLogReader.builder()
                .filter(FlowLogFilter.parse("srcport = 443"))
                .open(Twins.FOLDER.resolve("v5-spark-gzip.parquet"))) {
            reader.forEach(flow -> found.add(flow.srcport().toString()));
        }
        assertThat(found).isNotEmpty().containsOnly("OptionalLong[443]");
    }
}
