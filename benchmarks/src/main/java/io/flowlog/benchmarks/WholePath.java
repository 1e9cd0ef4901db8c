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
import java.util.zip.GZIPInputStream;

/**
 * From {@code .log.gz} in memory to request bodies in memory, in sum and per stage, with the sizes of the bodies. Contenders
 * take turns in one process. The table has the least time of all rounds, by the clock and by the CPU time of the process.
 * {@link InstalledPrograms} follow, as processes.
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
        DEFLATER_6("`Deflater` 6 on the JSON"),
        ZSTD_1("Zstandard 1 on the JSON"),
        ZSTD_6("Zstandard 6 on the JSON"),
        ZSTD_8("Zstandard 8 on the JSON"),
        ZSTD_9("Zstandard 9 on the JSON"),
        ZSTD_12("Zstandard 12 on the JSON");

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
                case ZSTD_1 -> {
                    return Bodies.zstd(log.json, 1);
                }
                case ZSTD_6 -> {
                    return Bodies.zstd(log.json, 6);
                }
                case ZSTD_8 -> {
                    return Bodies.zstd(log.json, 8);
                }
                case ZSTD_9 -> {
                    return Bodies.zstd(log.json, 9);
                }
                case ZSTD_12 -> {
                    return Bodies.zstd(log.json, 12);
                }
            }
            return out.count;
        }
    }

    /** One log, the size of its text, and its JSON lines. */
    record Log(Path file, byte[] gzip, long textBytes, byte[] json) {
        static Log of(Path file) throws IOException {
            byte[] gzip = Files.readAllBytes(file);
            long textBytes;
            try (InputStream text = new GZIPInputStream(new ByteArrayInputStream(gzip), 64 * 1024)) {
                textBytes = text.transferTo(new CountingOutput());
            }
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
            return new Log(file, gzip, textBytes, json);
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
            row(log, contenders[i].title, sizes[i], clock[i], cpu[i], cpu[0]);
        }
        for (InstalledPrograms.Result other : InstalledPrograms.run(log)) {
            row(log, other.title(), other.size(), other.clock(), other.cpu(), cpu[0]);
        }
        double compress = cpu[Contender.FLOWLOG_GZIP.ordinal()] - cpu[Contender.FLOWLOG_NONE.ordinal()];
        System.out.printf(
                Locale.ROOT,
                "%nCompressing alone (gzip less not compressed): %.0f ms, %.2f of `Deflater` 1, %.2f of `Deflater` 6.%n",
                compress,
                compress / cpu[Contender.DEFLATER_1.ordinal()],
                compress / cpu[Contender.DEFLATER_6.ordinal()]);
        System.out.printf(
                Locale.ROOT,
                "Not compressed, then `Deflater` 1: %.2f of flowlog, gzip.%n",
                (cpu[Contender.FLOWLOG_NONE.ordinal()] + cpu[Contender.DEFLATER_1.ordinal()]) / cpu[0]);
        Cost cost = new Cost(log, cpu, sizes);
        System.out.println("\n| compression | USD per terabyte of text: compute + egress |");
        System.out.println("|---|---:|");
        cost.whole("`none`", Contender.FLOWLOG_NONE);
        cost.added("`Deflater` 1", Contender.DEFLATER_1);
        cost.whole("`gzip-jdk` (`Deflater` 6)", Contender.FLOWLOG_GZIP_JDK);
        cost.whole("`gzip`", Contender.FLOWLOG_GZIP);
        cost.added("Zstandard 1", Contender.ZSTD_1);
        cost.added("Zstandard 6", Contender.ZSTD_6);
        cost.added("Zstandard 8", Contender.ZSTD_8);
        cost.added("Zstandard 9", Contender.ZSTD_9);
        cost.whole("`zstd`", Contender.FLOWLOG_ZSTD);
        cost.added("Zstandard 12", Contender.ZSTD_12);
    }

    private static void row(Log log, String title, long size, double clock, double cpu, double own) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.2f | %s |%n",
                title,
                clock,
                cpu,
                cpu / own,
                size == 0 ? "" : String.format(Locale.ROOT, "%.2f", 100.0 * size / log.json.length));
    }

    /** What a terabyte of text costs: Lambda on arm64 for the CPU time, egress for the bodies. */
    private record Cost(Log log, double[] cpuMillis, long[] sizes) {
        private static final double USD_PER_SECOND = 1769 / 1024.0 * 0.0000133334;
        private static final double USD_PER_BYTE_SENT = 0.09 / 1e9;

        /** The whole path with a compression of the sink. */
        void whole(String title, Contender contender) {
            print(title, cpuMillis[contender.ordinal()], sizes[contender.ordinal()]);
        }

        /** The path without compression, and a compressor of the JSON. */
        void added(String title, Contender compressor) {
            double millis = cpuMillis[Contender.FLOWLOG_NONE.ordinal()] + cpuMillis[compressor.ordinal()];
            print(title, millis, sizes[compressor.ordinal()]);
        }

        private void print(String title, double millis, long size) {
            double compute = millis / 1e3 * USD_PER_SECOND * 1e12 / log.textBytes;
            double egress = size * USD_PER_BYTE_SENT * 1e12 / log.textBytes;
            System.out.printf(Locale.ROOT, "| %s | %.2f + %.2f = %.2f |%n", title, compute, egress, compute + egress);
        }
    }
}
