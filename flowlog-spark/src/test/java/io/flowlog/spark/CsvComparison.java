package io.flowlog.spark;

import io.flowlog.sample.SampleFormat;
import io.flowlog.sample.SampleGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Compares this data source with Spark's own CSV reader: the same queries on the same gzip files on one core, in turns.
 * {@code flowlog-spark/compare-with-csv [RECORDS] [ROUNDS]} runs it. The times are CPU times of the tasks, so that other
 * programs on the machine change them less than the time on a clock; each is the smallest of all rounds.
 */
public final class CsvComparison {
    private static final int FILES = 8;
    private static final Map<String, String> QUERIES = new LinkedHashMap<>();

    static {
        QUERIES.put("count", "select count(*) n from flows");
        QUERIES.put(
                "talkers",
                "select srcaddr, dstaddr, sum(bytes) bytes, sum(packets) packets, count(*) n from flows"
                        + " where srcaddr is not null group by srcaddr, dstaddr order by bytes desc, srcaddr, dstaddr");
        QUERIES.put(
                "rejected",
                "select srcaddr, count(distinct dstport) ports, count(*) n from flows where action = 'REJECT'"
                        + " group by srcaddr order by n desc, srcaddr");
        QUERIES.put("all columns", "select bit_xor(xxhash64(*)) hash from flows");
    }

    private final SparkSession spark;
    private final AtomicLong cpu = new AtomicLong();
    private final Path folder;
    private long textBytes;

    private CsvComparison(SparkSession spark, Path folder) {
        this.spark = spark;
        this.folder = folder;
        spark.sparkContext().addSparkListener(new SparkListener() {
            @Override
            public void onTaskEnd(SparkListenerTaskEnd task) {
                cpu.addAndGet(task.taskMetrics().executorCpuTime());
            }
        });
    }

    /**
     * Runs the comparison and prints a table.
     *
     * @param args the number of records (1000000) and of rounds (5)
     */
    public static void main(String[] args) throws Exception {
        int records = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        // The CSV reader warns that the header has hyphens and the schema underscores.
        Configurator.setRootLevel(Level.ERROR);
        Path folder = Files.createTempDirectory("flowlog-spark-");
        try (SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .appName("CsvComparison")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate()) {
            CsvComparison comparison = new CsvComparison(spark, folder);
            comparison.write(records);
            comparison.run(rounds);
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private void write(int records) throws IOException {
        for (int i = 0; i < FILES; i++) {
            try (OutputStream out = new BufferedOutputStream(
                    new GZIPOutputStream(Files.newOutputStream(folder.resolve("flows-" + i + ".log.gz"))), 1 << 16)) {
                textBytes += new SampleGenerator(SampleFormat.V5, i).writeRecords(out, records / FILES);
            }
        }
    }

    private long storedBytes() throws IOException {
        long bytes = 0;
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private void run(int rounds) throws Exception {
        Dataset<Row> flowlog =
                spark.read().format("flowlog").option("mode", "DROPMALFORMED").load(folder.toString());
        Dataset<Row> csv = csv(flowlog.schema(), true);
        Dataset<Row> csvChecked = csv(flowlog.schema(), false);
        double text = textBytes / 1e9;
        double stored = storedBytes() / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s, JDK %s: %.3f GB of text in %.3f GB of gzip%n",
                "Spark " + spark.version(),
                System.getProperty("java.version"),
                text,
                stored);
        System.out.println(
                "query        flowlog s    csv s  ratio    csv, all checked s  ratio    flowlog s/GB gzip, text");
        for (Map.Entry<String, String> query : QUERIES.entrySet()) {
            double[] best = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
            for (int round = 0; round < rounds; round++) {
                List<Row> first = null;
                int source = 0;
                for (Dataset<Row> flows : List.of(flowlog, csv, csvChecked)) {
                    flows.createOrReplaceTempView("flows");
                    cpu.set(0);
                    List<Row> answer = spark.sql(query.getValue()).collectAsList();
                    spark.sparkContext().listenerBus().waitUntilEmpty(60_000);
                    best[source] = Math.min(best[source], cpu.get() / 1e9);
                    source++;
                    first = first == null ? answer : first;
                    requireEqual(query.getKey(), first, answer);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %9.2f %8.2f %6.1f %21.2f %6.1f %20.1f %6.1f%n",
                    query.getKey(),
                    best[0],
                    best[1],
                    best[1] / best[0],
                    best[2],
                    best[2] / best[0],
                    best[0] / stored,
                    best[0] / text);
        }
    }

    /** @param pruned whether the reader parses only the columns of the query, and so misses most malformed lines */
    private Dataset<Row> csv(StructType schema, boolean pruned) {
        return spark.read()
                .schema(schema)
                .option("sep", " ")
                .option("header", true)
                .option("nullValue", "-")
                .option("mode", "DROPMALFORMED")
                .option("columnPruning", pruned)
                .csv(folder.toString());
    }

    private static void requireEqual(String query, List<Row> ours, List<Row> theirs) {
        if (!ours.equals(theirs)) {
            throw new IllegalStateException(query + ": the answers differ");
        }
    }
}
