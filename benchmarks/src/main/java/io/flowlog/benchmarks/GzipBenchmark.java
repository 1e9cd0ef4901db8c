package io.flowlog.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** gzip in memory to records, beside what inflating and CRC-32 alone take. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseSerialGC"})
public class GzipBenchmark {
    /** flowlog's records from gzip. */
    @Benchmark
    public long flowlog(Corpus corpus) throws IOException {
        return Flows.flowlog(new ByteArrayInputStream(corpus.gzip));
    }

    /** flowlog's records from text. */
    @Benchmark
    public long flowlogText(Corpus corpus) throws IOException {
        return Flows.flowlog(new ByteArrayInputStream(corpus.text));
    }

    /** Inflating and CRC-32 alone. */
    @Benchmark
    public long inflate(Corpus corpus) throws IOException {
        return Inflate.crc(corpus.gzip);
    }
}
