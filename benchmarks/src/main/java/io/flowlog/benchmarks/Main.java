package io.flowlog.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks whose names are given, as {@code Parse} or {@code Parse.flowlog}, all of them without a name, and
 * prints the tables of docs/performance.md.
 */
public final class Main {
    /** Options for the measured JVMs, as a system property. */
    public static final String JVM_ARGS = "flowlog.jvmArgs";

    private Main() {}

    /** See the class. */
    public static void main(String[] names) throws RunnerException {
        var options = new OptionsBuilder().addProfiler(GCProfiler.class).shouldFailOnError(true);
        List<String> jvmArgs = new ArrayList<>();
        String folder = System.getProperty(Corpus.FOLDER);
        if (folder != null) {
            jvmArgs.add("-D" + Corpus.FOLDER + "=" + folder);
        }
        for (String arg : System.getProperty(JVM_ARGS, "").split(" ")) {
            if (!arg.isEmpty()) {
                jvmArgs.add(arg);
            }
        }
        options.jvmArgsPrepend(jvmArgs.toArray(new String[0]));
        for (String name : names) {
            String[] parts = name.split("\\.", 2);
            options.include("\\." + parts[0] + "Benchmark\\." + (parts.length == 1 ? "" : parts[1] + "$"));
        }
        print(new Runner(options.build()).run());
    }

    private static void print(Collection<RunResult> results) {
        Map<String, List<RunResult>> tables = new TreeMap<>();
        for (RunResult result : results) {
            String benchmark = result.getParams().getBenchmark();
            String table = benchmark.substring(0, benchmark.lastIndexOf('.'));
            tables.computeIfAbsent(
                            table.substring(table.lastIndexOf('.') + 1)
                                    + ", format "
                                    + result.getParams().getParam("format"),
                            key -> new ArrayList<>())
                    .add(result);
        }
        tables.forEach(Main::print);
    }

    private static void print(String title, List<RunResult> results) {
        System.out.printf("%n### %s%n%n", title);
        System.out.println("| contender | fastest iteration, ms | mean | times flowlog's | allocated MB |");
        System.out.println("|---|---:|---:|---:|---:|");
        double own = results.stream()
                .filter(result -> contender(result).equals("flowlog"))
                .mapToDouble(Main::score)
                .findFirst()
                .orElse(Double.NaN);
        for (RunResult result : results) {
            Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
            System.out.printf(
                    "| %s | %.1f | %.1f | %.2f | %.1f |%n",
                    contender(result),
                    score(result),
                    result.getPrimaryResult().getScore(),
                    score(result) / own,
                    allocated == null ? Double.NaN : allocated.getScore() / 1e6);
        }
    }

    private static String contender(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }

    /** The fastest iteration: what others do on the machine only ever adds to a time. */
    private static double score(RunResult result) {
        return result.getPrimaryResult().getStatistics().getMin();
    }
}
