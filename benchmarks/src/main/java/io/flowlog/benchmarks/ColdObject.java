package io.flowlog.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flowlog.cli.local.EmbeddedS3;
import io.flowlog.cli.local.LambdaProcess;
import io.flowlog.cli.local.RuntimeApiServer;
import io.flowlog.cli.local.RuntimeClient;
import io.flowlog.cli.local.S3Event;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sample.SampleGenerator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Measures a cold process on one big object, for {@code benchmarks/cold-object}: from the start of the JVM to the answer
 * of the function, on one processor and on two, for several deployable jars in turn. S3 and the lake are in this program.
 * The lake reads a body and answers; its records are counted after the measurement.
 */
final class ColdObject implements AutoCloseable {
    private static final String BUCKET = "logs";
    private static final String KEY = "cold-object.log.gz";
    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private final RuntimeClient client = RuntimeClient.forThisSystem();
    private final EmbeddedS3 s3 = EmbeddedS3.start();
    private final HttpServer lake = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService lakeThreads = Executors.newCachedThreadPool();
    private final Queue<byte[]> bodies = new ConcurrentLinkedQueue<>();
    private final long records;
    private final String event;

    /** A jar, and on how many processors it runs. */
    private record Contender(String name, Path jar, int processors) {}

    /** Seconds from the start of the process to the answer, and seconds of processor time of the process until then. */
    private record Run(double wall, double cpu) {}

    private ColdObject(long bytes) throws IOException {
        s3.createBucket(BUCKET);
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(object)) {
            new SampleGenerator(SampleFormat.V2, SampleGenerator.DEFAULT_SEED).writeBytes(zip, bytes);
        }
        records = lines(List.of(object.toByteArray())) - 1; // the header
        event = S3Event.created(BUCKET, KEY, object.size(), s3.put(BUCKET, KEY, object.toByteArray()));
        lake.setExecutor(lakeThreads);
        lake.createContext("/", this::accept);
        lake.start();
    }

    private void accept(HttpExchange exchange) throws IOException {
        try (exchange) {
            bodies.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** Arguments: how many runs of each, bytes of text, then the jars: a name, a tab, a path. */
    public static void main(String[] args) throws Exception {
        int runs = Integer.parseInt(args[0]);
        List<Contender> contenders = new ArrayList<>();
        for (int processors = 1; processors <= 2; processors++) {
            for (String jar : Arrays.asList(args).subList(2, args.length)) {
                String[] parts = jar.split("\t");
                contenders.add(new Contender(parts[0], Path.of(parts[1]), processors));
            }
        }
        try (ColdObject measured = new ColdObject(Long.parseLong(args[1]))) {
            measured.print(contenders, runs);
        }
    }

    private void print(List<Contender> contenders, int runs) throws IOException, InterruptedException {
        Map<Contender, List<Run>> all = new LinkedHashMap<>();
        // The first turn warms up the servers here and the disk's cache, and does not count.
        for (int run = 0; run <= runs; run++) {
            for (Contender contender : contenders) {
                Run measured = run(contender);
                if (run > 0) {
                    all.computeIfAbsent(contender, c -> new ArrayList<>()).add(measured);
                }
            }
        }
        System.out.println("| processors | jar | seconds to the answer, median (fastest) of " + runs
                + " | seconds of processor time, median |");
        System.out.println("|---|---|---:|---:|");
        all.forEach((contender, measured) -> System.out.printf(
                "| %d | %s | %.2f (%.2f) | %.2f |%n",
                contender.processors,
                contender.name,
                median(measured, Run::wall),
                measured.stream().mapToDouble(Run::wall).min().orElseThrow(),
                median(measured, Run::cpu)));
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> what) {
        double[] sorted = runs.stream().mapToDouble(what).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private Run run(Contender contender) throws IOException, InterruptedException {
        bodies.clear();
        List<String> options = List.of("-XX:+TieredCompilation", "-XX:ActiveProcessorCount=" + contender.processors);
        long started = System.nanoTime();
        try (LambdaProcess process = LambdaProcess.start(
                client,
                new LambdaProcess.Function(contender.jar, LambdaProcess.HANDLER, options),
                settings(),
                line -> {})) {
            ProcessHandle child = ProcessHandle.current()
                    .children()
                    .max(Comparator.comparing(
                            handle -> handle.info().startInstant().orElseThrow()))
                    .orElseThrow();
            if (contender.processors == 1) {
                pin(child.pid());
            }
            RuntimeApiServer.InvocationResult outcome = process.invoke(event.getBytes(StandardCharsets.UTF_8), TIMEOUT);
            double wall = (System.nanoTime() - started) / 1e9;
            double cpu = child.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
            long delivered = lines(bodies);
            if (!outcome.succeeded() || delivered != records) {
                throw new IOException(
                        contender + " delivered " + delivered + " of " + records + " records: " + outcome.body());
            }
            return new Run(wall, cpu);
        }
    }

    /** Lets all threads of a process run on one processor only. */
    private static void pin(long pid) throws IOException, InterruptedException {
        int status = new ProcessBuilder("taskset", "-a", "-c", "-p", "0", Long.toString(pid))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("taskset ended with status " + status);
        }
    }

    private static long lines(Iterable<byte[]> zipped) throws IOException {
        long lines = 0;
        byte[] buffer = new byte[64 * 1024];
        for (byte[] body : zipped) {
            try (InputStream text = new GZIPInputStream(new ByteArrayInputStream(body))) {
                for (int n; (n = text.read(buffer)) > 0; ) {
                    for (int i = 0; i < n; i++) {
                        lines += buffer[i] == '\n' ? 1 : 0;
                    }
                }
            }
        }
        return lines;
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(s3.functionSettings());
        settings.put("DASSANA_ENDPOINT", "http://127.0.0.1:" + lake.getAddress().getPort() + "/logs");
        settings.put("DASSANA_TOKEN", "a-token-of-the-benchmarks");
        settings.put("FLOWLOG_ALLOW_HTTP_LOOPBACK", "true");
        return settings;
    }

    @Override
    public void close() throws IOException {
        lake.stop(0);
        lakeThreads.shutdown();
        s3.close();
    }
}
