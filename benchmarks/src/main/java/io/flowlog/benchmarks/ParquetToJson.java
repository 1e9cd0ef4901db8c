package io.flowlog.benchmarks;

import io.flowlog.parser.FlowLogReader;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sample.SampleGenerator;
import io.flowlog.sink.http.NdjsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Parquet file of 1 million v5 records to a file of JSON lines: flowlog, and DuckDB's {@code COPY ... TO} with one thread, in
 * turns. DuckDB writes the Parquet file, with gzip as AWS does. Prints the fastest and the median run of each. Requires Java 21.
 */
public final class ParquetToJson {
    private static final int RECORDS = Integer.getInteger("flowlog.records", 1_000_000);
    private static final int ROUNDS = 7;

    private ParquetToJson() {}

    private interface Run {
        void run() throws IOException, SQLException;
    }

    /** See the class. */
    public static void main(String[] args) throws IOException, SQLException {
        Path folder = Path.of(System.getProperty(Corpus.FOLDER, "target/data"));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement duck = connection.createStatement()) {
            duck.execute("SET threads = 1");
            Path parquet = write(folder, duck);
            Path ours = folder.resolve("flowlog.json");
            Path theirs = folder.resolve("duckdb.json");
            List<Double> flowlog = new ArrayList<>();
            List<Double> duckdb = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                flowlog.add(seconds(() -> convert(parquet, ours)));
                duckdb.add(
                        seconds(() -> duck.execute("COPY (FROM '" + parquet + "') TO '" + theirs + "' (FORMAT json)")));
            }
            requireLines(ours);
            requireLines(theirs);
            Files.delete(ours);
            Files.delete(theirs);
            System.out.println("| contender | fastest, s | median, s | times flowlog's median |");
            System.out.println("|---|---:|---:|---:|");
            print("flowlog", flowlog, flowlog);
            print("DuckDB, one thread", duckdb, flowlog);
        }
    }

    private static Path write(Path folder, Statement duck) throws IOException, SQLException {
        Path parquet = folder.resolve("v5-" + RECORDS + ".parquet");
        if (Files.exists(parquet)) {
            return parquet;
        }
        Path text = Files.createTempFile(folder, "v5", ".log");
        try (OutputStream out = Files.newOutputStream(text)) {
            new SampleGenerator(SampleFormat.V5, SampleGenerator.DEFAULT_SEED).writeRecords(out, RECORDS);
        }
        List<String> columns = new ArrayList<>();
        List<String> types = new ArrayList<>();
        try (FlowLogReader reader = FlowLogReader.open(text)) {
            var format = reader.format().orElseThrow();
            for (int i = 0; i < format.size(); i++) {
                String name = format.name(i);
                columns.add('"' + name + "\" AS \"" + name.replace('-', '_') + '"');
                types.add("'" + name + "': '" + (format.isInteger(i) ? "BIGINT" : "VARCHAR") + "'");
            }
        }
        duck.execute("COPY (SELECT " + String.join(", ", columns) + " FROM read_csv('" + text
                + "', delim = ' ', header = true, auto_detect = false, nullstr = '-', columns = {"
                + String.join(", ", types) + "})) TO '" + parquet + "' (FORMAT parquet, COMPRESSION gzip)");
        Files.delete(text);
        return parquet;
    }

    private static void convert(Path parquet, Path json) throws IOException {
        try (FlowLogReader reader = FlowLogReader.open(parquet);
                NdjsonWriter writer = new NdjsonWriter(Files.newOutputStream(json))) {
            while (reader.advance()) {
                writer.write(reader.row());
            }
        }
    }

    private static double seconds(Run run) throws IOException, SQLException {
        long start = System.nanoTime();
        run.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void requireLines(Path json) throws IOException {
        try (Stream<String> lines = Files.lines(json)) {
            long count = lines.count();
            if (count != RECORDS) {
                throw new IllegalStateException(json + " has " + count + " lines, not " + RECORDS);
            }
        }
    }

    private static void print(String contender, List<Double> seconds, List<Double> own) {
        System.out.printf(
                "| %s | %.2f | %.2f | %.2f |%n",
                contender,
                seconds.stream().min(Double::compare).orElseThrow(),
                median(seconds),
                median(seconds) / median(own));
    }

    private static double median(List<Double> seconds) {
        return seconds.stream().sorted().toList().get(seconds.size() / 2);
    }
}
