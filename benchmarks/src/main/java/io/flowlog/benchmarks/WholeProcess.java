package io.flowlog.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Whole programs, JVM start included, one processor and a heap of 256 MB: a {@code .log.gz} to JSON lines that are
 * counted and thrown away. Without arguments it starts each contender several times on each format and prints the
 * medians; with a contender and a file it is that program.
 */
public final class WholeProcess {
    private static final int RUNS = 5;

    private WholeProcess() {}

    private enum Contender {
        FLOWLOG {
            @Override
            void run(Path file, CountingOutput out) throws IOException {
                Encoders.flowlog(Files.newInputStream(file), out);
            }
        },
        SPLIT_GENERATOR {
            @Override
            void run(Path file, CountingOutput out) throws IOException {
                Encoders.generator(Peers.SPLIT, gunzip(file), out);
            }
        },
        SPLIT_DATABIND {
            @Override
            void run(Path file, CountingOutput out) throws IOException {
                Encoders.databind(Peers.SPLIT, gunzip(file), out);
            }
        };

        abstract void run(Path file, CountingOutput out) throws IOException;

        private static InputStream gunzip(Path file) throws IOException {
            return new GZIPInputStream(Files.newInputStream(file), 64 * 1024);
        }
    }

    /** See the class. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 2) {
            CountingOutput out = new CountingOutput();
            Contender.valueOf(args[0]).run(Path.of(args[1]), out);
            System.out.println(out.count);
            return;
        }
        Path folder = Path.of(System.getProperty(Corpus.FOLDER, "target/data"));
        System.out.println("| format | contender | seconds | times flowlog's |");
        System.out.println("|---|---|---:|---:|");
        for (String format : List.of("v2", "v5", "v11")) {
            double own = 0;
            String answer = null;
            for (Contender contender : Contender.values()) {
                List<Double> seconds = new ArrayList<>();
                for (int i = 0; i < RUNS; i++) {
                    long start = System.nanoTime();
                    String lines = child(contender, folder.resolve(format + ".log.gz"));
                    seconds.add((System.nanoTime() - start) / 1e9);
                    answer = answer == null ? lines : answer;
                    if (!answer.equals(lines)) {
                        throw new IllegalStateException(contender + " wrote " + lines + " bytes, not " + answer);
                    }
                }
                double median = seconds.stream().sorted().toList().get(RUNS / 2);
                own = contender == Contender.FLOWLOG ? median : own;
                System.out.printf(
                        "| %s | %s | %.2f | %.2f |%n",
                        format, contender.name().toLowerCase(Locale.ROOT).replace('_', ' '), median, median / own);
            }
        }
    }

    private static String child(Contender contender, Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:ActiveProcessorCount=1",
                "-cp",
                System.getProperty("java.class.path")));
        for (String arg : System.getProperty(Main.JVM_ARGS, "").split(" ")) {
            if (!arg.isEmpty()) {
                command.add(1, arg);
            }
        }
        command.addAll(List.of(WholeProcess.class.getName(), contender.name(), file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(new File("/dev/null"))
                .start();
        String output = new String(process.getInputStream().readAllBytes()).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(contender + " ended with status " + process.exitValue());
        }
        return output;
    }
}
