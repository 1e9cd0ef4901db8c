package io.flowlog.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs that are measured where they are installed: Miller (Debian's {@code miller}) and igzip ({@code isal}). */
final class InstalledPrograms {
    private static final int ROUNDS = 3;

    /** What {@code times} prints: user and system time, of the shell and then of its children. */
    private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");

    private InstalledPrograms() {}

    /** A shell script that prints how many bytes it made of the file {@code $1}. */
    private record Contender(String title, String program, boolean readsJson, String script) {}

    private static final List<Contender> CONTENDERS = List.of(
            new Contender(
                    "gzip -dc \\| mlr \\| gzip -1",
                    "mlr",
                    false,
                    "gzip -dc \"$1\" | mlr --icsv --ifs ' ' --ojsonl cat | gzip -1 | wc -c"),
            new Contender("igzip -1 on the JSON", "igzip", true, "igzip -1 -c \"$1\" | wc -c"),
            new Contender("igzip -3 on the JSON", "igzip", true, "igzip -3 -c \"$1\" | wc -c"));

    /** Bytes of output, and the least milliseconds by the clock and of processor time. */
    record Result(String title, long size, double clock, double cpu) {}

    /** Runs those that are installed, one after the other, several times. */
    static List<Result> run(WholePath.Log log) throws IOException {
        List<Result> results = new ArrayList<>();
        Path json = Files.write(Files.createTempFile("flowlog", ".json"), log.json());
        try {
            for (Contender contender : CONTENDERS) {
                if (isInstalled(contender.program())) {
                    results.add(run(contender, contender.readsJson() ? json : log.file()));
                }
            }
        } finally {
            Files.delete(json);
        }
        return results;
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static Result run(Contender contender, Path file) throws IOException {
        Result best = new Result(contender.title(), 0, Double.MAX_VALUE, Double.MAX_VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            long started = System.nanoTime();
            Process process = new ProcessBuilder("sh", "-c", contender.script() + "; times", "sh", file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            double clock = (System.nanoTime() - started) / 1e6;
            best = new Result(
                    contender.title(),
                    Long.parseLong(output.lines().findFirst().orElse("").strip()),
                    Math.min(best.clock(), clock),
                    Math.min(best.cpu(), millis(output)));
        }
        return best;
    }

    private static double millis(String output) {
        double millis = 0;
        for (Matcher time = TIME.matcher(output.toLowerCase(Locale.ROOT)); time.find(); ) {
            millis += 60_000 * Long.parseLong(time.group(1)) + 1000 * Double.parseDouble(time.group(2));
        }
        return millis;
    }
}
