package io.flowlog.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.parser.FlowLogField;
import io.flowlog.sample.SampleFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowLogDataSourceTest {
    @TempDir
    private Path folder;

    private Dataset<Row> load(String... options) {
        var reader = Sessions.flowlog();
        for (int i = 0; i < options.length; i += 2) {
            reader.option(options[i], options[i + 1]);
        }
        return reader.load(folder.toString());
    }

    @Test
    void readsTheColumnsOfTheHeaderWithTheNamesOfAthena() throws Exception {
        Logs.write(folder.resolve("a.log.gz"), Logs.HEADER, "2 10.0.0.1 22 007 - x", "2 - - - REJECT -");
        Dataset<Row> flows = load("mode", "FAILFAST");
        assertThat(flows.schema())
                .isEqualTo(StructType.fromDDL("version bigint, srcaddr string, dstport bigint, bytes bigint,"
                        + " action string, some_future_field string"));
        assertThat(flows.collectAsList())
                .containsExactly(
                        RowFactory.create(2L, "10.0.0.1", 22L, 7L, null, "x"),
                        RowFactory.create(2L, null, null, null, "REJECT", null));
    }

    @Test
    void readsEveryDocumentedColumn() throws Exception {
        Logs.write(folder.resolve("a.log"), Logs.sample(SampleFormat.V11, 1, 300));
        Logs.write(folder.resolve("b.log.gz"), Logs.sample(SampleFormat.TGW, 1, 300));
        Dataset<Row> flows = load();
        List<String> expected = Arrays.stream(FlowLogField.values())
                .map(field -> field.awsName().replace('-', '_'))
                .toList();
        assertThat(flows.columns())
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .collect(java.util.stream.Collectors.collectingAndThen(
                                java.util.stream.Collectors.toCollection(java.util.ArrayList::new), names -> {
                                    names.add("_corrupt_record");
                                    return names;
                                })));
        assertThat(flows.count()).isEqualTo(600);
        assertThat(flows.where("_corrupt_record is null").count()).isEqualTo(600);
    }

    @Test
    void joinsTheColumnsOfFilesWithDifferentHeaders() throws Exception {
        Logs.write(folder.resolve("a.log.gz"), "action srcaddr", "REJECT 10.0.0.1");
        Logs.write(folder.resolve("b.log.gz"), "srcaddr bytes new-one", "10.0.0.2 7 x", "bytes srcaddr", "8 10.0.0.3");
        Dataset<Row> flows = load("mode", "FAILFAST").select("srcaddr", "bytes", "action", "new_one");
        assertThat(flows.collectAsList())
                .containsExactlyInAnyOrder(
                        RowFactory.create("10.0.0.1", null, "REJECT", null),
                        RowFactory.create("10.0.0.2", 7L, null, "x"),
                        RowFactory.create("10.0.0.3", 8L, null, null));
    }

    @Test
    void theOrderOfTheColumnsIsTheSameOnEveryFileSystem() throws Exception {
        for (String name : List.of("c", "a", "d", "b")) {
            Logs.write(folder.resolve(name + ".log"), "srcaddr column-" + name, "10.0.0.1 x");
        }
        assertThat(load("mode", "FAILFAST").columns())
                .containsExactly("srcaddr", "column_a", "column_b", "column_c", "column_d");
    }

    @Test
    void aColumnCannotHaveTheNameOfTheColumnOfMalformedLines() throws Exception {
        Logs.write(folder.resolve("a.log"), "srcaddr bad-line", "10.0.0.1 x");
        assertThatThrownBy(() -> load("columnNameOfCorruptRecord", "bad_line"))
                .hasMessageContaining("option columnNameOfCorruptRecord: expected a name that no other column has");
    }

    @Test
    void readsLinesWithoutAHeaderByTheirFormat() throws Exception {
        Logs.write(folder.resolve("a.log"), "10.0.0.1 22", "10.0.0.2 -");
        Logs.write(folder.resolve("b.log"), "action srcaddr", "ACCEPT 10.0.0.3");
        assertThat(load("format", "${srcaddr} ${dstport}", "mode", "FAILFAST").collectAsList())
                .containsExactlyInAnyOrder(
                        RowFactory.create("10.0.0.1", 22L),
                        RowFactory.create("10.0.0.2", null),
                        RowFactory.create("10.0.0.3", null));
        assertThat(load("format", "default").columns()).contains("log_status").hasSize(15);
        assertThatThrownBy(() -> load("format", "srcaddr Bytes").count())
                .hasMessageContaining("option format")
                .hasMessageContaining("\"Bytes\"");
    }

    @Test
    void readsTheColumnsOfAUsersSchema() throws Exception {
        Logs.write(folder.resolve("a.log.gz"), Logs.HEADER, "2 10.0.0.1 022 7 - x");
        Dataset<Row> flows = Sessions.flowlog()
                .schema("BYTES int, dstport string, `some-future-field` string, not_there string, version bigint")
                .load(folder.toString());
        assertThat(flows.collectAsList()).containsExactly(RowFactory.create(7, "022", "x", null, 2L));
        assertThatThrownBy(() -> Sessions.flowlog().schema("start timestamp").load(folder.toString()))
                .hasMessageContaining("column start: expected bigint, int or string, found timestamp");
        assertThatThrownBy(() -> Sessions.flowlog().schema("srcaddr bigint").load(folder.toString()))
                .hasMessageContaining("column srcaddr: expected string, found bigint");
    }

    @Test
    void aSchemaCanHaveColumnsOfThePath() throws Exception {
        Logs.write(Logs.key(folder, "012345678901", "eu-west-1", "fl-01", "20260317T0940"), "srcaddr", "10.0.0.1");
        Dataset<Row> flows = Sessions.flowlog()
                .schema("_date date, _region string, srcaddr string")
                .load(folder.toString());
        assertThat(flows.collectAsList())
                .containsExactly(RowFactory.create(Date.valueOf("2026-03-17"), "eu-west-1", "10.0.0.1"));
        assertThat(flows.where("_date > '2026-03-17'").count()).isZero();
        assertThatThrownBy(() -> Sessions.flowlog().schema("_date string").load(folder.toString()))
                .hasMessageContaining("column _date: expected date, found string");
        assertThatThrownBy(() -> Sessions.flowlog().schema("_account bigint").load(folder.toString()))
                .hasMessageContaining("column _account: expected string, found bigint");
        assertThatThrownBy(() -> Sessions.flowlog().schema("_FILE string").load(folder.toString()))
                .hasMessageContaining("column _FILE: expected _file");
    }

    @Test
    void failsForANumberThatDoesNotFitIntoTheUsersType() throws Exception {
        Logs.write(folder.resolve("a.log.gz"), "bytes", "2147483647", "2147483648");
        Dataset<Row> flows = Sessions.flowlog().schema("bytes int").load(folder.toString());
        assertThatThrownBy(flows::collectAsList)
                .rootCause()
                .hasMessageContaining("a.log.gz, line 3, column bytes: 2147483648 does not fit into int");
    }

    @Test
    void hasColumnsOfThePathForQueriesThatNameThem() throws Exception {
        Path file = Logs.write(
                Logs.key(folder, "012345678901", "eu-west-1", "fl-01", "20260317T0940"), "srcaddr", "10.0.0.1");
        Path other = Logs.write(folder.resolve("copy.log"), "srcaddr", "10.0.0.2");
        Dataset<Row> flows = load("mode", "FAILFAST");
        assertThat(flows.columns()).containsExactly("srcaddr");
        assertThat(flows.selectExpr("_date", "srcaddr", "_account", "_region", "_file")
                        .collectAsList())
                .containsExactlyInAnyOrder(
                        RowFactory.create(
                                Date.valueOf("2026-03-17"), "10.0.0.1", "012345678901", "eu-west-1", "file:" + file),
                        RowFactory.create(null, "10.0.0.2", null, null, "file:" + other));
        assertThat(flows.groupBy("_account").count().collectAsList())
                .containsExactlyInAnyOrder(RowFactory.create("012345678901", 1L), RowFactory.create(null, 1L));
    }

    @Test
    void readsGlobsAndSeveralPathsAndLeavesOutHiddenAndEmptyFiles() throws Exception {
        Logs.write(folder.resolve("year=2026/a.log"), "srcaddr", "10.0.0.1");
        Logs.write(folder.resolve("_year=2026/x/b.log"), "srcaddr", "10.0.0.2");
        Logs.write(folder.resolve("more/deep/c.log.gz"), "srcaddr", "10.0.0.3");
        Logs.write(folder.resolve("more/_temporary/d.log.gz"), "srcaddr", "10.0.0.4");
        Logs.write(folder.resolve("more/.c.log.gz.crc"), "crc");
        Logs.write(folder.resolve("_SUCCESS"), "x");
        Files.createFile(folder.resolve("empty.log.gz"));
        assertThat(load("mode", "FAILFAST").orderBy("srcaddr").collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3");
        assertThat(Sessions.flowlog().load(folder + "/*/{deep,x}/*").count()).isEqualTo(2);
        assertThat(Sessions.flowlog()
                        .load(folder + "/more", folder + "/year=2026/a.log")
                        .count())
                .isEqualTo(2);
        assertThat(load("pathGlobFilter", "*.gz").count()).isEqualTo(1);
        assertThatThrownBy(() -> Sessions.flowlog().load(folder + "/none").count())
                .hasMessageContaining("path does not exist: file:" + folder + "/none");
        assertThatThrownBy(() -> Sessions.flowlog().load(folder + "/no*").count())
                .hasMessageContaining("path does not exist");
        assertThatThrownBy(() -> load("pathGlobFilter", "*.csv").count()).hasMessageContaining("there are no files");
    }

    @Test
    void readsFilesWithAnyName() throws Exception {
        List<String> names =
                List.of("a b.log", "a%20b.log", "c=d+e.log.gz", "f#g?.log", "h[1].log", "k{l*.log", "no-ending");
        for (String name : names) {
            Logs.write(folder.resolve(name), "srcaddr", name.replace(' ', '_'));
        }
        assertThat(load("mode", "FAILFAST").selectExpr("srcaddr", "_file").collectAsList())
                .containsExactlyInAnyOrderElementsOf(names.stream()
                        .map(name -> RowFactory.create(name.replace(' ', '_'), "file:" + folder + "/" + name))
                        .toList());
        assertThat(Sessions.flowlog()
                        .load(
                                folder + "/a b.log",
                                folder + "/a%20b.log",
                                folder + "/c=d+e.log.gz",
                                folder + "/h\\[1\\].log")
                        .count())
                .isEqualTo(4);
    }

    @Test
    void selectsFilesByTheTimeInTheirNames() throws Exception {
        for (String time : List.of("20260316T2355", "20260317T0000", "20260317T2355", "20260318T0000")) {
            Logs.write(Logs.key(folder, "012345678901", "eu-west-1", "fl-01", time), "srcaddr", "t" + time);
        }
        assertThat(load("since", "2026-03-17", "until", "2026-03-18T00:00Z")
                        .orderBy("srcaddr")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("t20260317T0000", "t20260317T2355");
        assertThat(load("until", "2026-03-17T00:00:00").count()).isEqualTo(1);
        assertThatThrownBy(() -> load("since", "yesterday").count())
                .hasMessageContaining("option since: expected a time");
    }

    @Test
    void saysThatParquetIsReadBySparkItself() throws Exception {
        Path parquet = folder.resolve("lake");
        Sessions.spark().range(3).write().parquet(parquet.toString());
        assertThatThrownBy(() -> load().count())
                .hasMessageContaining(".parquet: this is a Parquet file")
                .hasMessageContaining("spark.read.parquet");
        Dataset<Row> withFormat = load("format", "default");
        assertThatThrownBy(withFormat::count).rootCause().hasMessageContaining("set the flow log's format to text");
        assertThatThrownBy(withFormat::collectAsList).hasStackTraceContaining("spark.read.parquet");
    }

    @Test
    void saysThatAFileIsNotAFlowLog() throws Exception {
        Logs.write(folder.resolve("x.log"), "Lorem ipsum");
        assertThatThrownBy(() -> load().count())
                .hasMessageContaining("x.log, line 1: expected a header line")
                .hasMessageContaining("the option format sets the columns");
    }

    @Test
    void rejectsInvalidOptions() throws Exception {
        Logs.write(folder.resolve("a.log"), "srcaddr", "10.0.0.1");
        assertThatThrownBy(() -> load("mode", "STRICT")).hasMessageContaining("option mode: expected PERMISSIVE");
        assertThatThrownBy(() -> load("sampleFiles", "0")).hasMessageContaining("option sampleFiles");
        assertThatThrownBy(() -> load("timeMargin", "soon")).hasMessageContaining("option timeMargin");
        assertThatThrownBy(() -> load("timeMargin", "-1h"))
                .hasMessageContaining("option timeMargin: expected a time of 0 or more");
        assertThatThrownBy(() -> load("pathGlobFilter", "["))
                .hasMessageContaining("option pathGlobFilter: expected a pattern");
        for (String name : List.of("pruneByAccountId", "ignoreCorruptFiles", "ignoreMissingFiles")) {
            assertThatThrownBy(() -> load(name, "yes"))
                    .hasMessageContaining("option " + name + ": expected true or false (found \"yes\")");
        }
        for (String name : List.of("bytes", "PKT_SRCADDR", "_date", "_FILE", "srcaddr")) {
            assertThatThrownBy(() -> load("columnNameOfCorruptRecord", name))
                    .hasMessageContaining("option columnNameOfCorruptRecord: expected a name that no other column has");
        }
        assertThatThrownBy(() -> Sessions.flowlog().load()).hasMessageContaining("expected a path");
    }
}
