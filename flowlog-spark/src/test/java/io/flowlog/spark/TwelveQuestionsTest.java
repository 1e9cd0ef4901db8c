package io.flowlog.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.parser.FlowLogField;
import io.flowlog.sample.SampleFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The twelve questions of {@code flowlog query} over 200 files of versions 2, 5 and 11, with lines without data and malformed
 * lines. DuckDB's own CSV reader reads the same files without the malformed lines and answers the same SQL.
 */
class TwelveQuestionsTest {
    private static final Path QUERIES = Path.of("../flowlog-query/src/main/resources/queries");
    private static final int FILES = 200;
    private static final int RECORDS = 160;

    @TempDir
    private static Path folder;

    private static Connection duckdb;
    private static int malformed;
    private static int records;

    @BeforeAll
    static void write() throws Exception {
        Random random = new Random(1);
        List<String> shuffled = new ArrayList<>(SampleFormat.V5.columns());
        Collections.shuffle(shuffled, random);
        for (int i = 0; i < FILES; i++) {
            SampleFormat format =
                    List.of(SampleFormat.V2, SampleFormat.V5, SampleFormat.V11).get(i % 3);
            // Few seeds, so that files have the same addresses; the samples have NODATA and SKIPDATA lines.
            List<String> lines = new ArrayList<>(Arrays.asList(Logs.sample(format, i % 7, RECORDS)));
            if (i % 12 == 1) {
                lines = ordered(lines, shuffled);
            }
            records += lines.size() - 1;
            String time = "20260317T%02d%02d".formatted(9 + i % 3, i % 60);
            String flowLog = "fl-0" + i % 3 + (i % 12 == 1 ? "a" : "");
            Path file = Logs.key(folder.resolve("all"), "111111111111", "eu-west-1", flowLog, time);
            file = file.resolveSibling(file.getFileName().toString().replace("1a2b3c4d", "a" + i));
            Logs.write(
                    folder.resolve("clean/v" + i % 3 + (i % 12 == 1 ? "a" : "") + "-" + i + ".csv"),
                    lines.toArray(String[]::new));
            if (i % 5 == 0) {
                damage(lines, random);
            }
            Logs.write(file, lines.toArray(String[]::new));
        }
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duckdb.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            statement.execute("create table flows as select " + columns() + " from read_csv("
                    + duckdbFiles() + ", delim = ' ', header = true, all_varchar = true, nullstr = '-',"
                    + " union_by_name = true, quote = '', escape = '')");
        }
        assertThat(malformed).isEqualTo(120);
        try (Statement statement = duckdb.createStatement();
                ResultSet words = statement.executeQuery("select distinct log_status from flows order by 1")) {
            for (String word : List.of("NODATA", "OK", "SKIPDATA")) {
                assertThat(words.next()).isTrue();
                assertThat(words.getString(1)).isEqualTo(word);
            }
        }
        assertThat(Sessions.spark()
                        .read()
                        .option("recursiveFileLookup", true)
                        .text(folder + "/all")
                        .count())
                .isEqualTo(records + malformed + FILES);
    }

    private static List<String> ordered(List<String> lines, List<String> columns) {
        List<String> header = List.of(lines.get(0).split(" "));
        List<String> ordered = new ArrayList<>();
        for (String line : lines) {
            String[] values = line.split(" ");
            ordered.add(String.join(
                    " ", columns.stream().map(c -> values[header.indexOf(c)]).toList()));
        }
        return ordered;
    }

    /** Adds lines that cannot be read. */
    private static void damage(List<String> lines, Random random) {
        String line = lines.get(1);
        int integer = List.of(lines.get(0).split(" ")).indexOf("srcport");
        String[] values = line.split(" ");
        values[integer] = "http";
        for (String bad : List.of(line + " more", line.substring(0, line.lastIndexOf(' ')), String.join(" ", values))) {
            lines.add(1 + random.nextInt(lines.size()), bad);
            malformed++;
        }
    }

    private static String columns() {
        return String.join(
                ", ",
                SampleFormat.V11.columns().stream()
                        .map(name -> {
                            boolean integer =
                                    FlowLogField.of(name).orElseThrow().isInteger();
                            return "cast(\"" + name + "\" as " + (integer ? "bigint" : "varchar") + ") as \""
                                    + name.replace('-', '_') + "\"";
                        })
                        .toList());
    }

    private static String duckdbFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("clean"))) {
            return "["
                    + String.join(", ", files.map(f -> "'" + f + "'").sorted().toList()) + "]";
        }
    }

    @AfterAll
    static void close() throws SQLException {
        duckdb.close();
    }

    static List<String> questions() throws IOException {
        try (Stream<Path> files = Files.list(QUERIES)) {
            List<String> names = files.map(file -> file.getFileName().toString().replace(".sql", ""))
                    .sorted()
                    .toList();
            assertThat(names).hasSize(12);
            return names;
        }
    }

    private static List<List<Object>> duckdbAnswer(String sql) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    Object value = result.getObject(i);
                    row.add(value instanceof Timestamp time ? time.toLocalDateTime() : whole(value));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<List<Object>> sparkAnswer(String sql, Dataset<Row> flows) {
        flows.createOrReplaceTempView("flows");
        List<List<Object>> rows = new ArrayList<>();
        for (Row row : Sessions.spark().sql(sql).collectAsList()) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < row.length(); i++) {
                Object value = row.get(i);
                values.add(
                        value instanceof Timestamp time
                                ? LocalDateTime.ofInstant(time.toInstant(), ZoneOffset.UTC)
                                : whole(value));
            }
            rows.add(values);
        }
        return rows;
    }

    /** DuckDB's sums are larger integers than Spark's. */
    private static Object whole(Object value) {
        return value instanceof Number number ? Long.valueOf(number.toString()) : value;
    }

    @ParameterizedTest
    @MethodSource("questions")
    void hasTheAnswerOfDuckdb(String question) throws Exception {
        String sql = Files.readString(QUERIES.resolve(question + ".sql"));
        List<List<Object>> expected = duckdbAnswer(sql);
        assertThat(expected).isNotEmpty();
        // The two order absent values differently, so the order of rows is not compared.
        assertThat(sparkAnswer(sql, load("DROPMALFORMED"))).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(sparkAnswer(sql, load("PERMISSIVE").where("_corrupt_record is null")))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void countsRecordsAndMalformedLinesByMode() {
        assertThat(load("DROPMALFORMED").count()).isEqualTo(records);
        assertThat(load("PERMISSIVE").count()).isEqualTo(records + malformed);
        assertThat(load("PERMISSIVE").where("_corrupt_record is not null").count())
                .isEqualTo(malformed);
        assertThatThrownBy(() -> load("FAILFAST").where("srcport = 1").count())
                .hasStackTraceContaining("FlowLogParseException: file:" + folder);
        assertThat(load("FAILFAST", "clean").count()).isEqualTo(records);
    }

    private static Dataset<Row> load(String mode) {
        return load(mode, "all");
    }

    private static Dataset<Row> load(String mode, String files) {
        return Sessions.flowlog().option("mode", mode).load(folder + "/" + files);
    }
}
