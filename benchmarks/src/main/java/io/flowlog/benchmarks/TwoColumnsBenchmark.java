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

/** Text in memory to the sum of two columns over all records. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseSerialGC"})
public class TwoColumnsBenchmark {
    /** flowlog's records. */
    @Benchmark
    public long flowlog(Corpus corpus) throws IOException {
        return Flows.flowlogTwoColumns(new ByteArrayInputStream(corpus.text));
    }

    /** flowlog's records, their numbers without an object around each. */
    @Benchmark
    public long flowlogValues(Corpus corpus) throws IOException {
        return Flows.flowlogTwoValues(new ByteArrayInputStream(corpus.text));
    }

    /** flowlog's rows: no object per record. */
    @Benchmark
    public long flowlogRows(Corpus corpus) throws IOException {
        return Flows.flowlogTwoColumnsOfRows(new ByteArrayInputStream(corpus.text));
    }

    /** {@link Peers#FAST_CSV}, each row made a {@link Flow}. */
    @Benchmark
    public long fastCsvRecord(Corpus corpus) throws IOException {
        return Flows.peerTwoColumnsOfRecords(Peers.FAST_CSV, corpus.text);
    }

    /** {@link Peers#SPLIT}. */
    @Benchmark
    public long split(Corpus corpus) throws IOException {
        return Flows.peerTwoColumns(Peers.SPLIT, corpus.text);
    }

    /** {@link Peers#FAST_CSV}. */
    @Benchmark
    public long fastCsv(Corpus corpus) throws IOException {
        return Flows.peerTwoColumns(Peers.FAST_CSV, corpus.text);
    }

    /** {@link Peers#UNIVOCITY}. */
    @Benchmark
    public long univocity(Corpus corpus) throws IOException {
        return Flows.peerTwoColumns(Peers.UNIVOCITY, corpus.text);
    }

    /** {@link Peers#JACKSON_CSV}. */
    @Benchmark
    public long jacksonCsv(Corpus corpus) throws IOException {
        return Flows.peerTwoColumns(Peers.JACKSON_CSV, corpus.text);
    }
}
