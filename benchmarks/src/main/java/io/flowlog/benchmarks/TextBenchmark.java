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

/** Text in memory to every column as a String. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseSerialGC"})
public class TextBenchmark {
    /** flowlog's records. */
    @Benchmark
    public long flowlog(Corpus corpus) throws IOException {
        return Flows.flowlogText(new ByteArrayInputStream(corpus.text));
    }

    /** {@link Peers#SPLIT}. */
    @Benchmark
    public long split(Corpus corpus) throws IOException {
        return Flows.peerText(Peers.SPLIT, corpus.text);
    }

    /** {@link Peers#FAST_CSV}. */
    @Benchmark
    public long fastCsv(Corpus corpus) throws IOException {
        return Flows.peerText(Peers.FAST_CSV, corpus.text);
    }

    /** {@link Peers#UNIVOCITY}. */
    @Benchmark
    public long univocity(Corpus corpus) throws IOException {
        return Flows.peerText(Peers.UNIVOCITY, corpus.text);
    }

    /** {@link Peers#JACKSON_CSV}. */
    @Benchmark
    public long jacksonCsv(Corpus corpus) throws IOException {
        return Flows.peerText(Peers.JACKSON_CSV, corpus.text);
    }
}
