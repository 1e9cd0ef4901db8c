package io.flowlog.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.sample.SampleFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the snippets of docs/spark.md. The Java ones are here word for word, but for the paths. */
class SparkPageTest {
    private static final Path QUERIES = Path.of("../flowlog-query/src/main/resources/queries");

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        for (String bucket : List.of("my-bucket", "other-bucket")) {
            Path key = Logs.key(folder.resolve(bucket), "111111111111", "eu-west-1", "fl-01", "20260317T0940");
            Logs.write(key, Logs.sample(SampleFormat.V5, 1, 1000));
        }
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/spark.md"));
    }

    private static List<String> snippets(String begin, String end) throws IOException {
        return Pattern.compile(Pattern.quote(begin) + "(.*?)" + Pattern.quote(end), Pattern.DOTALL)
                .matcher(page())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static void sums(SparkSession spark, String mine, String other) {
        Dataset<Row> flows = spark.read()
                .format("flowlog")
                .option("mode", "DROPMALFORMED")
                .option("since", "2026-03-01")
                .load(mine, other);
        flows.groupBy("srcaddr", "dstaddr").sum("bytes").show();
    }

    private static long malformed(SparkSession spark) {
        long lines = MalformedLines.accumulator(spark).value();
        return lines;
    }

    @Test
    void theSnippetsInJavaAreTheMethodsOfThisTest() throws IOException {
        String here = squeezed(Files.readString(Path.of("src/test/java/io/flowlog/spark/SparkPageTest.java")));
        assertThat(snippets("```java\n", "```"))
                .hasSize(2)
                .allSatisfy(snippet -> assertThat(here)
                        .contains(squeezed(snippet.replace("\"s3a://my-bucket/AWSLogs/\"", "mine")
                                .replace("\"s3a://other-bucket/AWSLogs/\"", "other"))));
        long before = malformed(Sessions.spark());
        sums(Sessions.spark(), folder + "/my-bucket/AWSLogs/", folder + "/other-bucket/AWSLogs/");
        assertThat(malformed(Sessions.spark())).isEqualTo(before);
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void theQueryInPythonRunsOverTheViewOfThePage() throws IOException {
        assertThat(page()).contains("flows.select(\"*\", \"_region\", \"_date\").createOrReplaceTempView(\"flows\")");
        Sessions.flowlog()
                .load(folder + "/my-bucket/AWSLogs/")
                .select("*", "_region", "_date")
                .createOrReplaceTempView("flows");
        List<String> queries = snippets("spark.sql(\"\"\"", "\"\"\")");
        assertThat(queries).hasSize(1);
        assertThat(Sessions.spark().sql(queries.get(0)).collectAsList()).isNotEmpty();
    }

    @Test
    void theStatementsInSqlRun() throws IOException {
        List<String> blocks = snippets("```sql\n", "```");
        assertThat(blocks).hasSize(1);
        String[] statements =
                blocks.get(0).replace("s3a://my-bucket", folder + "/my-bucket").split(";");
        assertThat(statements).hasSize(3);
        SparkSession spark = Sessions.spark();
        spark.sql(statements[0]);
        try {
            assertThat(spark.sql(statements[1]).collectAsList())
                    .containsExactly(RowFactory.create(Date.valueOf("2026-03-17"), 1000L));
            List<String> inline = snippets("`flow_logs with", "`");
            assertThat(inline).hasSize(1);
            assertThat(spark.sql("select * from flow_logs with" + inline.get(0)).count())
                    .isEqualTo(1000);
            spark.sql("drop table flow_logs");
            List<String> views = snippets("`create temporary view", "`");
            assertThat(views).hasSize(1);
            spark.sql("create temporary view" + views.get(0).replace("s3a://my-bucket", folder + "/my-bucket"));
            assertThat(spark.table("flow_logs").columns()).contains("srcaddr").doesNotContain("_date");
        } finally {
            spark.sql("drop view if exists flow_logs");
        }
    }

    @Test
    void theSchemaAndTheConditionsOfThePageWork() throws IOException {
        List<String> schemas = snippets("spark.read.schema(\"", "\")");
        assertThat(schemas).hasSize(1);
        Dataset<Row> flows = Sessions.flowlog().schema(schemas.get(0)).load(folder.toString());
        assertThat(flows.where("srcaddr is not null").count()).isPositive();
        List<String> conditions = snippets("where(\"", "\")");
        assertThat(conditions).isNotEmpty();
        for (String condition : conditions) {
            assertThat(flows.where(condition).select("*", "_file").collectAsList())
                    .isNotEmpty();
        }
    }

    @Test
    void theTableOfTheQuestionsHasTheColumnsThatTheyRead() throws IOException {
        String page = page();
        try (Stream<Path> files = Files.list(QUERIES)) {
            List<Path> questions = files.toList();
            assertThat(questions).hasSize(12);
            for (Path file : questions) {
                String sql = Files.readString(file);
                String name = file.getFileName().toString().replace(".sql", "");
                List<String> columns = Pattern.compile("^-- (?:needs|uses): (.*)$", Pattern.MULTILINE)
                        .matcher(sql)
                        .results()
                        .flatMap(line -> Stream.of(line.group(1).split(" ")))
                        .toList();
                String row = page.lines()
                        .filter(line -> line.startsWith("| `" + name + "` | "))
                        .findFirst()
                        .orElseThrow();
                assertThat(row).contains(sql.lines().findFirst().orElseThrow().substring("-- ".length()));
                assertThat(Pattern.compile("`(\\w+)`")
                                .matcher(row.substring(row.lastIndexOf("| `")))
                                .results())
                        .extracting(match -> match.group(1))
                        .containsExactlyInAnyOrderElementsOf(columns);
            }
        }
    }
}
