package io.flowlog.benchmarks;

import io.flowlog.sink.http.Compression;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** Text in memory to JSON lines in gzip: the sink's own bodies, and others at level 1. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseSerialGC"})
public class CompressBenchmark {
    /** The bodies of flowlog's sink. */
    @Benchmark
    public long flowlog(Corpus corpus) throws IOException {
        CountingOutput out = new CountingOutput();
        Bodies.flowlog(corpus.stream(), Compression.GZIP, out);
        return out.count;
    }

    /** The same bodies, compressed by a second thread. */
    @Benchmark
    public long flowlogTwoThreads(Corpus corpus) throws IOException {
        CountingOutput out = new CountingOutput();
        Bodies.flowlog(corpus.stream(), Compression.GZIP, true, out);
        return out.count;
    }

    /** {@link Peers#SPLIT} and jackson-core's generator. */
    @Benchmark
    public long splitGenerator(Corpus corpus) throws IOException {
        CountingOutput out = new CountingOutput();
        try (OutputStream gzip = Bodies.gzip(1, out)) {
            Encoders.generator(Peers.SPLIT, corpus.stream(), gzip);
        }
        return out.count;
    }

    /** {@link Peers#FAST_CSV} and jackson-core's generator. */
    @Benchmark
    public long fastCsvGenerator(Corpus corpus) throws IOException {
        CountingOutput out = new CountingOutput();
        try (OutputStream gzip = Bodies.gzip(1, out)) {
            Encoders.generator(Peers.FAST_CSV, corpus.stream(), gzip);
        }
        return out.count;
    }

    /** {@link Peers#UNIVOCITY} and jackson-core's generator. */
    @Benchmark
    public long univocityGenerator(Corpus corpus) throws IOException {
        CountingOutput out = new CountingOutput();
        try (OutputStream gzip = Bodies.gzip(1, out)) {
            Encoders.generator(Peers.UNIVOCITY, corpus.stream(), gzip);
        }
        return out.count;
    }

    /** {@link Peers#SPLIT} and Jackson databind. */
    @Benchmark
    public long splitDatabind(Corpus corpus) throws IOException {
        CountingOutput out = new CountingOutput();
        try (OutputStream gzip = Bodies.gzip(1, out)) {
            Encoders.databind(Peers.SPLIT, corpus.stream(), gzip);
        }
        return out.count;
    }

    /** DuckDB on one thread, from the file. */
    @Benchmark
    public long duckdb(Corpus corpus) throws SQLException {
        Encoders.duckdb(corpus.file, corpus.columns, "/dev/null", ", COMPRESSION gzip");
        return corpus.text.length;
    }
}
