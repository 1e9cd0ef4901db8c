package io.flowlog.benchmarks;

import com.sun.net.httpserver.HttpServer;
import io.flowlog.cli.local.EmbeddedS3;
import io.flowlog.cli.local.Installation;
import io.flowlog.cli.local.LambdaProcess;
import io.flowlog.cli.local.LocalLake;
import io.flowlog.cli.local.RuntimeApiServer;
import io.flowlog.cli.local.RuntimeClient;
import io.flowlog.cli.local.S3Event;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sample.SampleGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Measures cold starts, for {@code benchmarks/cold-start}: a JVM with AWS's runtime client is started again and again,
 * in turn with {@link GetObjectHandler} and with the deployable jar, and gets one event at once.
 */
final class ColdStart implements AutoCloseable {
    private static final String BUCKET = "logs";
    private static final String KEY = "cold-start.log.gz";
    private static final int RECORDS = 1000;
    private static final String TOKEN = "a-token-of-the-benchmarks";
    private static final String SECRET_ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:cold-start";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final RuntimeClient client = RuntimeClient.forThisSystem();
    private final LocalLake lake = LocalLake.start(TOKEN, 0);
    private final EmbeddedS3 s3 = EmbeddedS3.start();
    private final HttpServer secrets = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final Path baseline = baselineJar(Installation.lambdaJar());
    private final String event;
    private final int objectBytes;

    /** What is started. */
    enum Contender {
        BASELINE("empty handler, one GetObject"),
        FUNCTION("flowlog, token in the environment"),
        FUNCTION_WITH_SECRET("flowlog, token in Secrets Manager");

        private final String description;

        Contender(String description) {
            this.description = description;
        }
    }

    /** Milliseconds from the start of a process: until it asks for its first event, and until it has answered it. */
    record Start(double toNext, double toAnswer) {}

    ColdStart() throws IOException {
        s3.createBucket(BUCKET);
        byte[] object = sample();
        objectBytes = object.length;
        event = S3Event.created(BUCKET, KEY, object.length, s3.put(BUCKET, KEY, object));
        secrets.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                byte[] answer = ("{\"SecretString\":\"" + TOKEN + "\"}").getBytes(StandardCharsets.US_ASCII);
                exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        secrets.start();
    }

    private static byte[] sample() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            new SampleGenerator(SampleFormat.V2, SampleGenerator.DEFAULT_SEED).writeRecords(zip, RECORDS);
        }
        return bytes.toByteArray();
    }

    /** Arguments: how many starts of each, then the rows: a name, a tab, JVM options between spaces. */
    public static void main(String[] args) throws Exception {
        int runs = Integer.parseInt(args[0]);
        try (ColdStart measured = new ColdStart()) {
            System.out.println("| JVM options | median (fastest) of " + runs
                    + " starts each | to the first `/next`, ms | to the first answer, ms | ratio |");
            System.out.println("|---|---|---|---|---|");
            for (String row : Arrays.asList(args).subList(1, args.length)) {
                String[] parts = row.split("\t");
                measured.print(parts[0], List.of(parts[1].split(" ")), runs);
            }
        }
    }

    private void print(String name, List<String> jvmOptions, int runs) throws IOException, InterruptedException {
        Map<Contender, List<Start>> starts = new LinkedHashMap<>();
        // The first turn warms up the servers here and the disk's cache, and does not count.
        for (int run = 0; run <= runs; run++) {
            for (Contender contender : Contender.values()) {
                Start start = start(contender, jvmOptions);
                if (run > 0) {
                    starts.computeIfAbsent(contender, c -> new ArrayList<>()).add(start);
                }
            }
        }
        List<Start> baseline = starts.get(Contender.BASELINE);
        starts.forEach((contender, times) -> System.out.printf(
                "| %s | %s | %.0f (%.0f) | %.0f (%.0f) | %.2f (%.2f) |%n",
                name,
                contender.description,
                median(times, Start::toNext),
                fastest(times, Start::toNext),
                median(times, Start::toAnswer),
                fastest(times, Start::toAnswer),
                median(times, Start::toAnswer) / median(baseline, Start::toAnswer),
                fastest(times, Start::toAnswer) / fastest(baseline, Start::toAnswer)));
    }

    private static double median(List<Start> starts, ToDoubleFunction<Start> what) {
        double[] sorted = starts.stream().mapToDouble(what).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** The least disturbed by whatever else the machine does. */
    private static double fastest(List<Start> starts, ToDoubleFunction<Start> what) {
        return starts.stream().mapToDouble(what).min().orElseThrow();
    }

    /** Starts one, and checks that it has done its work. */
    Start start(Contender contender, List<String> jvmOptions) throws IOException, InterruptedException {
        boolean isBaseline = contender == Contender.BASELINE;
        Path jar = isBaseline ? baseline : Installation.lambdaJar();
        String handler = isBaseline ? GetObjectHandler.class.getName() + "::handleRequest" : LambdaProcess.HANDLER;
        long delivered = lake.received().requests();
        long started = System.nanoTime();
        try (LambdaProcess process = LambdaProcess.start(
                client, new LambdaProcess.Function(jar, handler, jvmOptions), settings(contender), line -> {})) {
            RuntimeApiServer.InvocationResult outcome = process.invoke(event.getBytes(StandardCharsets.UTF_8), TIMEOUT);
            long answered = System.nanoTime();
            boolean done = isBaseline
                    ? outcome.body().equals(Integer.toString(objectBytes))
                    : lake.received().requests() == delivered + 1
                            && lake.received().lines() == RECORDS;
            if (!outcome.succeeded() || !done) {
                throw new IOException(contender + " did not do its work: " + outcome.body());
            }
            return new Start((process.ready().join() - started) / 1e6, (answered - started) / 1e6);
        }
    }

    private Map<String, String> settings(Contender contender) {
        Map<String, String> settings = new HashMap<>(s3.functionSettings());
        if (contender == Contender.BASELINE) {
            settings.put(GetObjectHandler.BUCKET, BUCKET);
            settings.put(GetObjectHandler.KEY, KEY);
            return settings;
        }
        settings.put("DASSANA_ENDPOINT", lake.endpoint().toString());
        settings.put("FLOWLOG_ALLOW_HTTP_LOOPBACK", "true");
        if (contender == Contender.FUNCTION) {
            settings.put("DASSANA_TOKEN", TOKEN);
        } else {
            settings.put("DASSANA_TOKEN_SECRET_ARN", SECRET_ARN);
            settings.put(
                    "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                    "http://127.0.0.1:" + secrets.getAddress().getPort());
        }
        return settings;
    }

    /** The deployable jar without flowlog and what only flowlog uses, and with the baseline's handler. */
    private static Path baselineJar(Path deployable) throws IOException {
        Path jar = Files.createTempFile("cold-start-baseline-", ".jar");
        String handler = GetObjectHandler.class.getName().replace('.', '/') + ".class";
        try (JarFile from = new JarFile(deployable.toFile());
                OutputStream file = Files.newOutputStream(jar);
                JarOutputStream to = new JarOutputStream(file);
                InputStream own = GetObjectHandler.class.getResourceAsStream("/" + handler)) {
            for (Enumeration<JarEntry> entries = from.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (!isOnlyForFlowlog(entry.getName())) {
                    to.putNextEntry(new JarEntry(entry.getName()));
                    try (InputStream content = from.getInputStream(entry)) {
                        content.transferTo(to);
                    }
                }
            }
            to.putNextEntry(new JarEntry(handler));
            own.transferTo(to);
        }
        return jar;
    }

    private static boolean isOnlyForFlowlog(String name) {
        return name.startsWith("io/flowlog/")
                || name.startsWith("com/fasterxml/")
                || name.startsWith("software/amazon/awssdk/services/secretsmanager/")
                || name.startsWith("META-INF/services/org.slf4j.");
    }

    @Override
    public void close() throws IOException {
        secrets.stop(0);
        s3.close();
        lake.close();
        Files.deleteIfExists(baseline);
    }
}
