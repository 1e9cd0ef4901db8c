package io.flowlog.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables and views in SQL, and what the data source does not support. */
class SqlTest {
    private static final SparkSession SPARK = Sessions.spark();

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        for (String region : List.of("eu-west-1", "us-east-1")) {
            Logs.write(
                    Logs.key(folder, "012345678901", region, "fl-01", "20260317T0940"),
                    "srcaddr bytes",
                    "10.0.0.1 7",
                    "malformed");
        }
    }

    @AfterEach
    void drop() {
        SPARK.sql("drop table if exists logs");
        SPARK.sql("drop view if exists logs_view");
    }

    private static List<Row> sql(String text) {
        return SPARK.sql(text).collectAsList();
    }

    @Test
    void aTableHasTheColumnsOfThePath() throws IOException {
        sql("create table logs using flowlog options (mode 'DROPMALFORMED') location '" + folder + "'");
        String query = "select *, _date from logs where _region = 'eu-west-1'";
        assertThat(sql(query)).containsExactly(RowFactory.create("10.0.0.1", 7L, Date.valueOf("2026-03-17")));
        assertThat(sql("explain " + query).get(0).getString(0)).contains("Files: 1 of 2");
        Logs.write(Logs.key(folder, "012345678901", "eu-west-1", "fl-01", "20260318T0940"), "bytes", "8");
        assertThat(sql("select _date, sum(bytes) from logs where _region = 'eu-west-1' group by _date order by _date"))
                .containsExactly(
                        RowFactory.create(Date.valueOf("2026-03-17"), 7L),
                        RowFactory.create(Date.valueOf("2026-03-18"), 8L));
    }

    @Test
    void aTableThatIsDroppedLeavesTheFiles() {
        for (String path : List.of("location '" + folder + "'", "options (path '" + folder + "')")) {
            sql("create table logs using flowlog " + path);
            sql("drop table logs purge");
            assertThat(Logs.key(folder, "012345678901", "eu-west-1", "fl-01", "20260317T0940"))
                    .exists();
        }
    }

    @Test
    void aQueryCanHaveOtherOptionsThanItsTable() {
        sql("create table logs using flowlog options (mode 'DROPMALFORMED') location '" + folder + "'");
        assertThat(sql("select count(*) from logs")).containsExactly(RowFactory.create(2L));
        assertThat(sql("select count(*) from logs with (`mode` = 'PERMISSIVE')"))
                .containsExactly(RowFactory.create(4L));
        assertThat(SPARK.read().option("until", "2026-03-17").table("logs").count())
                .isZero();
        assertThatThrownBy(() ->
                        SPARK.read().option("MODE", "failfast").table("logs").count())
                .hasStackTraceContaining("line 3: expected 2 columns, found 1");
    }

    @Test
    void aViewCanHaveASchema() {
        sql("create temporary view logs_view (srcaddr string, _region string) using flowlog options (path '" + folder
                + "', mode 'DROPMALFORMED')");
        assertThat(sql("select * from logs_view where _region like 'eu%'"))
                .containsExactly(RowFactory.create("10.0.0.1", "eu-west-1"));
    }

    @Test
    void thereAreNoWritesAndNoStreams() {
        assertThatThrownBy(() -> SPARK.readStream().format("flowlog").load(folder.toString()))
                .hasMessageContaining("flowlog does not support streamed reading");
        for (SaveMode mode : SaveMode.values()) {
            assertThatThrownBy(() -> Sessions.flowlog()
                            .load(folder.toString())
                            .write()
                            .format("flowlog")
                            .mode(mode)
                            .save(folder + "/out"))
                    .hasMessageStartingWith("flowlog: this data source only reads");
        }
        assertThat(folder.resolve("out")).doesNotExist();
        sql("create table logs using flowlog location '" + folder + "'");
        assertThatThrownBy(() -> sql("insert into logs values ('10.0.0.2', 1, null)"))
                .hasMessageContaining("does not support append in batch mode");
        assertThatThrownBy(() -> sql("select * from flowlog.`" + folder + "`"))
                .hasMessageContaining("Unsupported data source type for direct query on files: flowlog");
    }
}
