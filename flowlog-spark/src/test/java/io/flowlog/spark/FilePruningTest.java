package io.flowlog.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.ExplainMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files for 4 hours, a file every 10 minutes, of two accounts and two regions; and one that has no name of AWS. */
class FilePruningTest {
    private static final Instant START = Instant.parse("2026-03-16T22:00:00Z");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm").withZone(ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        for (int i = 0; i < 24; i++) {
            long seconds = START.getEpochSecond() + 600L * i;
            String account = i % 2 == 0 ? "111111111111" : "222222222222";
            String region = i % 4 < 2 ? "eu-west-1" : "us-east-1";
            Logs.write(
                    Logs.key(folder, account, region, "fl-0" + i % 4, TIME.format(Instant.ofEpochSecond(seconds))),
                    "account-id region start end action",
                    "999999999999 " + region + " " + (seconds - 600) + " " + (seconds + 299) + " ACCEPT",
                    account + " - " + (seconds + 100) + " " + (seconds + 160) + " REJECT");
        }
        Logs.write(folder.resolve("copy.log"), "account-id region start end", "111111111111 eu-west-1 1 2");
    }

    private Dataset<Row> load(String... options) {
        var reader = Sessions.flowlog();
        for (int i = 0; i < options.length; i += 2) {
            reader.option(options[i], options[i + 1]);
        }
        return reader.load(folder.toString());
    }

    private static void assertReads(Dataset<Row> query, int files, int rows) {
        assertThat(query.queryExecution().explainString(ExplainMode.fromString("simple")))
                .contains("Files: " + files + " of 25");
        assertThat(query.count()).isEqualTo(rows);
    }

    @Test
    void readsTheFilesOfAnAccountOrARegion() {
        assertReads(load().where("_account = '111111111111'"), 13, 24);
        assertReads(load().where("_region in ('us-east-1', 'x')"), 13, 24);
        assertReads(load().where("region = 'us-east-1'"), 13, 12);
        assertReads(load().where("_account = '111111111111' and _region = 'us-east-1'"), 7, 12);
        assertReads(load().where("_account = 'x' or _region = 'us-east-1'"), 13, 24);
        assertReads(load().where("not (_region = 'us-east-1')"), 25, 24);
        assertReads(load().where("_account is null"), 25, 1);
        assertReads(load().where("_file like '%/copy.log'"), 1, 1);
    }

    @Test
    void aViewWithColumnsOfThePathReadsTheSameFiles() {
        load().selectExpr("*", "_account", "_date").createOrReplaceTempView("pruned");
        assertReads(
                Sessions.spark()
                        .sql("select action from pruned where _account = '111111111111' and _date = '2026-03-17'"),
                7,
                12);
    }

    @Test
    void readsTheFilesOfADay() {
        assertReads(load().where("_date = date'2026-03-17'"), 13, 24);
        assertReads(load().where("_date < '2026-03-17'"), 13, 24);
        assertReads(load().where("_date between '2026-03-17' and '2026-03-18'"), 13, 24);
        assertReads(load().where("_date > '2026-03-17'"), 1, 0);
    }

    @Test
    void readsTheFilesAroundTheTimeOfRecordsAndLosesNone() {
        long midnight = Instant.parse("2026-03-17T00:00:00Z").getEpochSecond();
        String hour = " >= " + midnight + " and start < " + (midnight + 3600);
        // 30 minutes to both sides, and the five minutes that a file is for.
        assertReads(load().where("start" + hour), 13, 12);
        assertReads(load("timeMargin", "10min").where("start" + hour), 9, 12);
        assertReads(load().where("start = " + midnight), 8, 1);
        assertReads(load().where("`end` < " + (START.getEpochSecond() + 200)), 5, 2);
        assertReads(load().where("start in (" + midnight + ", 1)"), 8, 2);
        assertReads(load().where("start > " + midnight + "000"), 25, 0);
    }

    /** The same conditions over rows in memory, where no file is left out. */
    @Test
    void noChoiceOfFilesLosesARow() {
        Dataset<Row> flows = load("timeMargin", "10min").selectExpr("*", "_file", "_account", "_region", "_date");
        Random random = new Random(1);
        List<String> conditions =
                Stream.generate(() -> tree(random, 3)).limit(20).toList();
        Row expected = Sessions.spark()
                .createDataFrame(flows.collectAsList(), flows.schema())
                .selectExpr(conditions.stream()
                        .map(condition -> "count_if(" + condition + ")")
                        .toArray(String[]::new))
                .first();
        Dataset<Row> found = Sessions.spark().emptyDataFrame().selectExpr("-1 as number");
        for (int i = 0; i < conditions.size(); i++) {
            found = found.union(flows.where(conditions.get(i)).selectExpr(i + " as number"));
        }
        Map<Integer, Long> counts = new HashMap<>();
        for (Row row : found.groupBy("number").count().collectAsList()) {
            counts.put(row.getInt(0), row.getLong(1));
        }
        for (int i = 0; i < conditions.size(); i++) {
            assertThat(counts.getOrDefault(i, 0L)).as(conditions.get(i)).isEqualTo(expected.getLong(i));
        }
    }

    private static String tree(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return leaf(random);
        }
        String left = tree(random, depth - 1);
        return switch (random.nextInt(3)) {
            case 0 -> "not (" + left + ")";
            case 1 -> "(" + left + " and " + tree(random, depth - 1) + ")";
            default -> "(" + left + " or " + tree(random, depth - 1) + ")";
        };
    }

    private static String leaf(Random random) {
        String operator =
                List.of(" = ", " <> ", " < ", " <= ", " > ", " >= ", " <=> ").get(random.nextInt(7));
        String day = List.of("date'2026-03-16'", "date'2026-03-17'", "null").get(random.nextInt(3));
        long time = START.getEpochSecond() - 900 + random.nextInt(16_200);
        return switch (random.nextInt(8)) {
            case 0 -> "_account" + operator + "'111111111111'";
            case 1 -> "_region" + operator + "'eu-west-1'";
            case 2 -> "region" + operator + "'us-east-1'";
            case 3 -> "_date" + operator + day;
            case 4 -> "_date in (" + day + ", date'2026-03-18')";
            case 5 -> "start" + operator + time;
            case 6 -> "`end` between " + time + " and " + (time + 600);
            default -> "_file like '%eu-west-1%'";
        };
    }

    @Test
    void aRecordCanHaveAnotherAccountThanItsFile() {
        assertReads(load().where("account_id = '999999999999'"), 25, 24);
        assertReads(load("pruneByAccountId", "true").where("account_id = '111111111111'"), 13, 13);
    }
}
