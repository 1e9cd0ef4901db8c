package io.flowlog.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.sink.http.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * From {@code .log.gz} in memory to request bodies in memory, in sum and per stage, with the sizes of the bodies. Contenders
 * take turns in one process. The table has the least time of all rounds, by the clock and by the CPU time of the process.
 */
public final class WholePath {
    private static final int ROUNDS = Integer.getInteger("flowlog.rounds", 7);
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private WholePath() {}

    /** What is measured on one log. */
    enum Contender {
        FLOWLOG_GZIP("flowlog, gzip"),
        FLOWLOG_TWO_THREADS("flowlog, gzip, two threads"),
        FLOWLOG_GZIP_JDK("flowlog, `Deflater` 6"),
        FLOWLOG_ZSTD("flowlog, zstd"),
        FLOWLOG_NONE("flowlog, not compressed"),
        SPLIT_GENERATOR_1("split + generator + `Deflater` 1"),
        SPLIT_GENERATOR_6("split + generator + `Deflater` 6"),
        DUCKDB("DuckDB, one thread, from file to gzip"),
        INFLATE("stage: inflate and CRC-32"),
        READ("stage: inflate and read rows"),
        DEFLATER_1("`Deflater` 1 on the JSON"),
        DEFLATER_6("`Deflater` 6 on the JSON");

        final String title;

        Contender(String title) {
            this.title = title;
        }

        /** Runs once; the result is the size of the bodies, or 0 for a stage. */
        long run(Log log) throws IOException, SQLException {
            CountingOutput out = new CountingOutput();
            switch (this) {
                case FLOWLOG_GZIP -> Bodies.flowlog(log.stream(), Compression.GZIP, out);
                case FLOWLOG_TWO_THREADS -> Bodies.flowlog(log.stream(), Compression.GZIP, true, out);
                case FLOWLOG_GZIP_JDK -> Bodies.flowlog(log.stream(), Compression.GZIP_JDK, out);
                case FLOWLOG_ZSTD -> Bodies.flowlog(log.stream(), Compression.ZSTD, out);
                case FLOWLOG_NONE -> Bodies.flowlog(log.stream(), Compression.NONE, out);
                case SPLIT_GENERATOR_1 -> Bodies.splitGenerator(log.gzip, 1, out);
                case SPLIT_GENERATOR_6 -> Bodies.splitGenerator(log.gzip, 6, out);
                case DUCKDB -> {
                    Path target = Files.createTempFile("flowlog", ".json.gz");
                    try (FlowLogReader reader = FlowLogReader.open(log.file)) {
                        Encoders.duckdb(
                                log.file, reader.format().orElseThrow(), target.toString(), ", COMPRESSION gzip");
                        return Files.size(target);
                    } finally {
                        Files.delete(target);
                    }
                }
                case INFLATE -> Inflate.crc(log.gzip);
                case READ -> {
                    try (FlowLogReader reader = FlowLogReader.open(log.stream())) {
                        while (reader.advance()) {
                            out.count++;
                        }
                    }
                    return 0;
                }
                case DEFLATER_1 -> {
                    return Bodies.deflate(log.json, 1);
                }
                case DEFLATER_6 -> {
                    return Bodies.deflate(log.json, 6);
                }
            }
            return out.count;
        }
    }

    /** One log, and its JSON lines. */
    record Log(Path file, byte[] gzip, byte[] json) {
        static Log of(Path file) throws IOException {
            byte[] gzip = Files.readAllBytes(file);
            CountingOutput size = new CountingOutput();
            Bodies.flowlog(new ByteArrayInputStream(gzip), Compression.NONE, size);
            byte[] json = new byte[Math.toIntExact(size.count)];
            Bodies.flowlog(new ByteArrayInputStream(gzip), Compression.NONE, new OutputStream() {
                private int at;

                @Override
                public void write(int b) {
                    json[at++] = (byte) b;
                }

                @Override
                public void write(byte[] bytes, int from, int length) {
                    System.arraycopy(bytes, from, json, at, length);
                    at += length;
                }
            });
            return new Log(file, gzip, json);
        }

        InputStream stream() {
            return new ByteArrayInputStream(gzip);
        }
    }

    /** See the class. Arguments are formats, all of them without any. */
    public static void main(String[] args) throws IOException, SQLException {
        Path folder = Path.of(System.getProperty(Corpus.FOLDER, "target/data"));
        for (String format : args.length == 0 ? List.of("v2", "v5", "v11") : Arrays.asList(args)) {
            print(format, Log.of(folder.resolve(format + ".log.gz")));
        }
    }

    private static void print(String format, Log log) throws IOException, SQLException {
        Contender[] contenders = Contender.values();
        double[] clock = new double[contenders.length];
        double[] cpu = new double[contenders.length];
        long[] sizes = new long[contenders.length];
        Arrays.fill(clock, Double.MAX_VALUE);
        Arrays.fill(cpu, Double.MAX_VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < contenders.length; i++) {
                long clockBefore = System.nanoTime();
                long cpuBefore = SYSTEM.getProcessCpuTime();
                sizes[i] = contenders[i].run(log);
                cpu[i] = Math.min(cpu[i], (SYSTEM.getProcessCpuTime() - cpuBefore) / 1e6);
                clock[i] = Math.min(clock[i], (System.nanoTime() - clockBefore) / 1e6);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%n### %s, %d MB of JSON, load %.1f%n%n",
                format,
                log.json.length / 1_000_000,
                SYSTEM.getSystemLoadAverage());
        System.out.println("| contender | ms | CPU ms | times flowlog's CPU | size in % of the JSON |");
        System.out.println("|---|---:|---:|---:|---:|");
        for (int i = 0; i < contenders.length; i++) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.2f | %s |%n",
                    contenders[i].title,
                    clock[i],
                    cpu[i],
                    cpu[i] / cpu[0],
                    sizes[i] == 0 ? "" : String.format(Locale.ROOT, "%.2f", 100.0 * sizes[i] / log.json.length));
        }
        double compress = cpu[Contender.FLOWLOG_GZIP.ordinal()] - cpu[Contender.FLOWLOG_NONE.ordinal()];
        System.out.printf(
                Locale.ROOT,
                "%nCompressing alone (gzip less not compressed): %.0f ms, %.2f of `Deflater` 1, %.2f of `Deflater` 6.%n",
                compress,
                compress / cpu[Contender.DEFLATER_1.ordinal()],
                compress / cpu[Contender.DEFLATER_6.ordinal()]);
    }
}
