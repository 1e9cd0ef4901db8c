package io.flowlog.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** Text in memory to the number of rows that a filter keeps. The filters keep few of them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseSerialGC"})
public class FilterBenchmark {
    /** Counts rows without a filter: what the others are measured against. */
    @Benchmark
    public long flowlog(Corpus corpus) throws IOException {
        return Flows.count(corpus.stream());
    }

    /** Compares a text. */
    @Benchmark
    public long reject(Corpus corpus) throws IOException {
        return Flows.count(corpus.stream(), Flows.REJECT);
    }

    /** Compares an integer. */
    @Benchmark
    public long ssh(Corpus corpus) throws IOException {
        return Flows.count(corpus.stream(), Flows.SSH);
    }

    /** Looks up an address in a range. */
    @Benchmark
    public long network(Corpus corpus) throws IOException {
        return Flows.count(corpus.stream(), Flows.NETWORK);
    }

    /** Looks at two addresses, and keeps nothing. */
    @Benchmark
    public long networks(Corpus corpus) throws IOException {
        return Flows.count(corpus.stream(), Flows.NETWORKS);
    }

    /** Reads both addresses of every row. */
    @Benchmark
    public long addresses(Corpus corpus) throws IOException {
        return Flows.count(corpus.stream(), Flows.ADDRESSES);
    }

    /** Several comparisons. */
    @Benchmark
    public long external(Corpus corpus) throws IOException {
        return Flows.count(corpus.stream(), Flows.EXTERNAL);
    }
}
