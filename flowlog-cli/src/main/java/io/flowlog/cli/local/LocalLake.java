package io.flowlog.cli.local;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A log lake on the loopback address with the protocol of the real one: it accepts {@code POST /logs} of JSON lines, in gzip, in
 * Zstandard or as they are, with a token and an app id, and answers <code>{"docCount":n}</code>. It counts what it accepts and keeps the first
 * lines. A request that repeats an {@code Idempotency-Key} is accepted again but counted once.
 *
 * <p>Safe for use by several threads.
 */
public final class LocalLake implements Closeable {
    private static final String PATH = "/logs";

    /** The endings of file names by {@code Content-Encoding}. */
    private static final Map<String, String> EXTENSIONS = Map.of("gzip", ".gz", "zstd", ".zst");

    private final HttpServer server;
    private final ExecutorService threads;
    private final String token;
    private final int keptLines;
    private final @Nullable Path folder;
    private final List<String> lines = new ArrayList<>();
    private final Set<String> seenKeys = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();
    private Received received = new Received(0, 0, 0, 0, 0);

    /**
     * What the lake has accepted.
     *
     * @param requests all requests, including rejected ones
     * @param batches accepted batches, repeated ones once
     * @param lines JSON lines in those batches
     * @param jsonBytes bytes of those lines
     * @param bodyBytes bytes of the compressed bodies
     */
    public record Received(long requests, long batches, long lines, long jsonBytes, long bodyBytes) {}

    private LocalLake(HttpServer server, String token, int keptLines, @Nullable Path folder) {
        this.server = server;
        this.token = token;
        this.keptLines = keptLines;
        this.folder = folder;
        this.threads = Executors.newCachedThreadPool(Daemon.named("lake"));
    }

    /**
     * Starts a lake on a free port.
     *
     * @param token the only token that it accepts
     * @param keptLines how many of the first lines to keep
     */
    public static LocalLake start(String token, int keptLines) throws IOException {
        return start(token, keptLines, null);
    }

    /**
     * Starts a lake that keeps the bodies that it accepts, as they came, in files {@code 000001.ndjson.gz} and so on
     * ({@code .zst} for Zstandard, {@code .ndjson} without compression).
     *
     * @param token the only token that it accepts
     * @param keptLines how many of the first lines to keep in memory
     * @param folder an existing folder for the bodies; null keeps none
     */
    static LocalLake start(String token, int keptLines, @Nullable Path folder) throws IOException {
        Loopback.configureServers();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LocalLake lake = new LocalLake(server, token, keptLines, folder);
        server.createContext("/", lake::handle);
        server.setExecutor(lake.threads);
        server.start();
        return lake;
    }

    /** Where to POST. */
    public URI endpoint() {
        return Loopback.uri(server.getAddress(), PATH);
    }

    /** What the lake has accepted so far. */
    public synchronized Received received() {
        return received;
    }

    /** The first lines in the order in which their batches were received, without line ends. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Why the lake rejected requests, one sentence each. */
    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Reply answer = answer(exchange, body);
            byte[] text = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), text.length);
            exchange.getResponseBody().write(text);
        }
    }

    private record Reply(int status, String body) {
        static Reply error(int status, String message) {
            return new Reply(status, "{\"error\":\"" + message + "\"}");
        }
    }

    private synchronized Reply answer(HttpExchange exchange, byte[] body) {
        received = new Received(
                received.requests + 1, received.batches, received.lines, received.jsonBytes, received.bodyBytes);
        if (!token.equals(header(exchange, "x-dassana-token"))) {
            return reject(401, "unknown token");
        }
        if (!exchange.getRequestMethod().equals("POST")
                || !exchange.getRequestURI().getPath().equals(PATH)) {
            return reject(404, "only POST " + PATH + " is supported");
        }
        if (header(exchange, "x-dassana-app-id") == null) {
            return reject(400, "no x-dassana-app-id");
        }
        if (!"application/x-ndjson".equals(header(exchange, "Content-Type"))) {
            return reject(415, "Content-Type is not application/x-ndjson");
        }
        String encoding = header(exchange, "Content-Encoding");
        String extension = encoding == null ? "" : EXTENSIONS.get(encoding);
        if (extension == null) {
            return reject(415, "Content-Encoding is not gzip and not zstd");
        }
        return store(header(exchange, "Idempotency-Key"), body, extension);
    }

    private static InputStream unpacked(byte[] body, String extension) throws IOException {
        InputStream in = new ByteArrayInputStream(body);
        return switch (extension) {
            case ".gz" -> new GZIPInputStream(in);
            case ".zst" -> new ZstdInputStreamNoFinalizer(in);
            default -> in;
        };
    }

    private Reply store(@Nullable String key, byte[] body, String extension) {
        byte[] json;
        try (InputStream in = unpacked(body, extension)) {
            json = in.readAllBytes();
        } catch (IOException e) {
            return reject(400, "the body is not what its Content-Encoding says");
        }
        if (json.length == 0 || json[json.length - 1] != '\n') {
            return reject(400, "the body does not end with a line end");
        }
        boolean repeated = key != null && seenKeys.contains(key);
        long count = 0;
        int from = 0;
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n') {
                if (json[from] != '{' || json[i - 1] != '}') {
                    return reject(400, "a line is not a JSON object");
                }
                if (!repeated && lines.size() < keptLines) {
                    lines.add(new String(json, from, i - from, StandardCharsets.UTF_8));
                }
                from = i + 1;
                count++;
            }
        }
        if (!repeated) {
            if (!keep(body, extension)) {
                return reject(507, "the body cannot be written to " + folder);
            }
            if (key != null) {
                seenKeys.add(key);
            }
            received = new Received(
                    received.requests,
                    received.batches + 1,
                    received.lines + count,
                    received.jsonBytes + json.length,
                    received.bodyBytes + body.length);
        }
        return new Reply(200, "{\"docCount\":" + count + "}");
    }

    /** Keeps a body as it came; false if that fails. */
    private boolean keep(byte[] body, String extension) {
        if (folder == null) {
            return true;
        }
        try {
            Files.write(folder.resolve(String.format("%06d.ndjson%s", received.batches + 1, extension)), body);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Reply reject(int status, String reason) {
        complaints.add(status + ": " + reason);
        return Reply.error(status, reason);
    }

    private static @Nullable String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
