package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files, whose columns have AWS's several spellings. */
class ParquetTest {
    @TempDir
    private Path folder;

    @Test
    void giveTheSameAnswersAsTheFlowLogAloneAndTogetherWithText() throws Exception {
        List<Map<String, String>> records = new MadeUpFlows(21, false).records(1200);
        Path first = MadeUpFlows.write(folder.resolve("1.log"), MadeUpFlows.ALL, records.subList(0, 600));
        Path second = MadeUpFlows.write(folder.resolve("2.log.gz"), MadeUpFlows.ALL, records.subList(600, 1200));
        Path parquet = folder.resolve("2.log.parquet");
        try (Databases flows = Databases.over(second)) {
            flows.sql("copy (select *, null as protocol_ from flows) to " + Sql.text(parquet.toString())
                    + " (format parquet)");
        }
        try (Databases text = Databases.over(first, second);
                Databases mixed = Databases.over(first, parquet)) {
            for (String name : NamedQuery.NAMES) {
                assertThat(mixed.answer(name).rows())
                        .as(name)
                        .isNotEmpty()
                        .isEqualTo(text.answer(name).rows());
            }
        }
    }

    @Test
    void mayHaveHyphensSmallIntegersAndHyphensForAbsentValues() throws Exception {
        Path parquet = folder.resolve("x.parquet");
        try (Databases any = Databases.over(List.of())) {
            any.sql(
                    "copy (select 5::integer as \"bytes\", '-' as \"account-id\", '77' as \"tcp-flags\", 6::bigint as protocol,"
                            + " '-' as srcport union all select null, '0012', '-', 17, '80') to "
                            + Sql.text(parquet.toString()) + " (format parquet)");
        }
        try (Databases flows = Databases.over(parquet)) {
            assertThat(flows.sql("select * from flows order by protocol").rows())
                    .containsExactly(Rowset.rowOf(5, null, 77, 6, null), Rowset.rowOf(null, "0012", null, 17, 80));
            assertThat(flows.sql("select distinct typeof(bytes), typeof(tcp_flags), typeof(account_id) from flows")
                            .rows())
                    .containsExactly(Rowset.rowOf("BIGINT", "BIGINT", "VARCHAR"));
        }
    }

    @Test
    void haveDuckDbsOwnFunctionInSql() throws Exception {
        Path parquet = folder.resolve("x.parquet");
        try (Databases any = Databases.over(List.of())) {
            any.sql("copy (select 5 as bytes) to " + Sql.text(parquet.toString()) + " (format parquet)");
            assertThatThrownBy(() -> any.sql("select * from flows(" + Sql.text(parquet.toString()) + ")"))
                    .hasMessage(
                            "flows: %1$s is a Parquet file; write read_parquet('%1$s') instead of flows('%1$s'), or name"
                                    + " the file as an input",
                            parquet)
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.reason()).isEqualTo(QueryException.Reason.SQL));
        }
    }
}
