package io.flowlog.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.ExplainMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushDownTest {
    /** Comparisons whose meaning in SQL and in the parser's filters could differ. */
    private static final List<String> CONDITIONS = List.of(
            "srcaddr = '::1'",
            "srcaddr <> '0:0:0:0:0:0:0:1'",
            "srcaddr = 'private'",
            "srcaddr <> 'private'",
            "srcaddr = '10.0.0.0/8'",
            "srcaddr > '10.0.0.5'",
            "srcaddr in ('10.0.0.1', '::1', 'odd')",
            "srcaddr not in ('10.0.0.1', '::1')",
            "srcaddr <> '-'",
            "srcaddr like '10.%'",
            "srcaddr is null",
            "action <> 'ACCEPT'",
            "action <=> 'ACCEPT'",
            "action in ('ACCEPT', null)",
            "action not in ('REJECT', null)",
            "action = 'it''s'",
            "action = '*'",
            "action like 'A%'",
            "action like '%*%'",
            "action >= 'B'",
            "action < 'Z'",
            "dstport = 22",
            "22 < dstport",
            "dstport > -1",
            "dstport <> 443",
            "dstport in (22, 443, -5)",
            "dstport is not null",
            "bytes between 5 and 50",
            "bytes <= dstport",
            "dstport = '22'",
            "dstport like '2%'",
            "account_id = '1'",
            "account_id <> '1'",
            "account_id is null",
            "account_id not like '1%'",
            "some_future_field = 'x'",
            "some_future_field is null",
            "length(action) = 6",
            "_corrupt_record is null",
            "_file like '%a.log.gz'");

    @TempDir
    private Path folder;

    private Dataset<Row> flows() throws IOException {
        write();
        return Sessions.flowlog().load(folder.toString()).selectExpr("*", "_file");
    }

    /** Three files with the same columns, one of which has one more, and a file without two of them. */
    private void write() throws IOException {
        String[] srcaddrs = {"-", "::1", "0:0:0:0:0:0:0:1", "10.0.0.1", "10.0.0.9", "private", "odd", "10.0.0.0/8"};
        String[] actions = {"-", "ACCEPT", "REJECT", "it's", "*", "A*"};
        String[] ports = {"-", "0", "22", "022", "443"};
        Random random = new Random(1);
        for (String name : List.of("a.log.gz", "b.log.gz", "c.log")) {
            List<String> lines = new ArrayList<>();
            boolean unknown = name.equals("b.log.gz");
            lines.add("srcaddr action dstport bytes" + (unknown ? " some-future-field" : ""));
            for (int i = 0; i < 300; i++) {
                lines.add(
                        i % 50 == 7
                                ? "malformed"
                                : srcaddrs[random.nextInt(srcaddrs.length)] + " "
                                        + actions[random.nextInt(actions.length)] + " "
                                        + ports[random.nextInt(ports.length)] + " " + random.nextInt(60)
                                        + (unknown ? random.nextBoolean() ? " x" : " -" : ""));
            }
            Logs.write(folder.resolve(name), lines.toArray(String[]::new));
        }
        Logs.write(folder.resolve("d.log"), "account-id dstport bytes", "1 22 7", "12 - 8", "- 443 -", "1");
    }

    /** Conditions and random trees of them. */
    private static List<String> conditions() {
        Random random = new Random(2);
        List<String> conditions = new ArrayList<>(CONDITIONS);
        for (String condition : CONDITIONS) {
            conditions.add("not (" + condition + ")");
        }
        for (int i = 0; i < 30; i++) {
            conditions.add(tree(random, 3));
        }
        return conditions;
    }

    private static String tree(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return CONDITIONS.get(random.nextInt(CONDITIONS.size()));
        }
        if (random.nextInt(4) == 0) {
            return "not (" + tree(random, depth - 1) + ")";
        }
        return "(" + tree(random, depth - 1) + (random.nextBoolean() ? " and " : " or ") + tree(random, depth - 1)
                + ")";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "srcaddr string, action string, dstport bigint, bytes bigint, some_future_field string,"
                        + " account_id string, _corrupt_record string",
                "ACTION string, srcaddr string, dstport string, Bytes int, `some-future-field` string,"
                        + " some_future_field string, account_id string, _corrupt_record string"
            })
    void aPushedFilterKeepsExactlyTheRowsThatSqlKeeps(String schema) throws IOException {
        write();
        Dataset<Row> flows =
                Sessions.flowlog().schema(schema).load(folder.toString()).selectExpr("*", "_file");
        Dataset<Row> inMemory = Sessions.spark().createDataFrame(flows.collectAsList(), flows.schema());
        List<String> conditions = conditions();
        Row expected = inMemory.selectExpr(conditions.stream()
                        .map(condition -> "count_if(" + condition + ")")
                        .toArray(String[]::new))
                .first();
        for (int i = 0; i < conditions.size(); i++) {
            assertThat(flows.where(conditions.get(i)).count())
                    .as(conditions.get(i))
                    .isEqualTo(expected.getLong(i));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            action = 'REJECT' and dstport in (22, 3389) | action is not absent and action = 'REJECT' and dstport in (22, 3389)
            action <> 'ACCEPT'                          | action is not absent and action != 'ACCEPT'
            srcaddr = '10.0.0.1'                        | srcaddr is not absent and srcaddr = '10.0.0.1'
            srcaddr <> '10.0.0.1'                       | srcaddr is not absent
            srcaddr <> '-'                              | srcaddr is not absent and srcaddr != '-'
            bytes < 9 or action is null                 | (bytes < 9 or action is absent)
            bytes < 9 and length(action) = 5            | bytes is not absent and action is not absent and bytes < 9
            bytes < 9 or length(action) = 5             | ""
            some_future_field = 'x'                     | ""
            not (bytes = 9 and action = 'REJECT')       | (bytes != 9 or action != 'REJECT')
            """)
    void explainShowsThePushedFilter(String condition, String filter) throws IOException {
        Dataset<Row> flows = flows();
        assertThat(plan(flows.where(condition))).contains("PushedFilters: [" + filter + "],");
    }

    @Test
    void explainShowsTheColumnsThatAreRead() throws IOException {
        Dataset<Row> flows = flows();
        assertThat(plan(flows.select("action")))
                .contains("ReadColumns: [action],")
                .contains("Files: 4 of 4");
        assertThat(plan(flows.groupBy("srcaddr").sum("bytes"))).contains("ReadColumns: [srcaddr, bytes],");
        assertThat(plan(flows.groupBy().count())).contains("ReadColumns: [],");
        for (String mode : List.of("extended", "formatted")) {
            assertThat(plan(flows.where("bytes = 1").select("action"), mode))
                    .contains("ReadColumns: [action, bytes], PushedFilters: [bytes is not absent and bytes = 1],");
        }
    }

    private static String plan(Dataset<Row> query) {
        return plan(query, "simple");
    }

    private static String plan(Dataset<Row> query, String mode) {
        return query.queryExecution().explainString(ExplainMode.fromString(mode));
    }

    @Test
    void aScanThatAppearsTwiceRunsOnce() throws IOException {
        Dataset<Row> bytes = flows().groupBy("srcaddr").sum("bytes");
        Dataset<Row> twice = bytes.union(bytes);
        twice.collectAsList();
        assertThat(plan(twice)).contains("ReusedExchange");
    }
}
