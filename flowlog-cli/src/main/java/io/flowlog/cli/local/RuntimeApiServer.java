package io.flowlog.cli.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The AWS Lambda Runtime API (AWS Lambda Developer Guide, "Using the Lambda runtime API") for a runtime in a child process.
 * It sends one event at a time and receives an answer or an error for each.
 *
 * <p>Safe for use by several threads.
 */
public final class RuntimeApiServer implements Closeable {
    private static final String PREFIX = "/2018-06-01/runtime/";
    static final String FUNCTION_ARN = "arn:aws:lambda:us-east-1:123456789012:function:flowlog-local";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(Daemon.named("runtime-api"));
    private final LinkedBlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> running = new ConcurrentHashMap<>();
    private final CompletableFuture<InvocationResult> initFailure = new CompletableFuture<>();
    private final CompletableFuture<Long> ready = new CompletableFuture<>();

    /**
     * How an invocation ended.
     *
     * @param succeeded whether the handler returned
     * @param body the answer of the handler, or the error that the runtime reported, both as JSON
     */
    public record InvocationResult(boolean succeeded, String body) {}

    private record Invocation(String id, byte[] event, Duration timeout, CompletableFuture<InvocationResult> outcome) {}

    private RuntimeApiServer(HttpServer server) {
        this.server = server;
    }

    static RuntimeApiServer start() throws IOException {
        Loopback.configureServers();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        RuntimeApiServer api = new RuntimeApiServer(server);
        server.createContext("/", api::handle);
        server.setExecutor(api.threads);
        server.start();
        return api;
    }

    /** The value of {@code AWS_LAMBDA_RUNTIME_API} for the child. */
    String address() {
        return Loopback.hostAndPort(server.getAddress());
    }

    /**
     * Offers an event to the runtime.
     *
     * @param timeout the time limit of the function, from the moment when it receives the event
     * @return completed when the runtime has answered, or has reported that it could not start
     */
    CompletableFuture<InvocationResult> invoke(byte[] event, Duration timeout) {
        String id = UUID.randomUUID().toString();
        CompletableFuture<InvocationResult> outcome = new CompletableFuture<>();
        initFailure.thenAccept(outcome::complete);
        waiting.add(new Invocation(id, event, timeout, outcome));
        return outcome;
    }

    /** Completed, with {@link System#nanoTime()}, when the runtime first asks for an event, at the end of its start. */
    CompletableFuture<Long> ready() {
        return ready;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (path.equals(PREFIX + "invocation/next")) {
                next(exchange);
                return;
            }
            String text = new String(body, StandardCharsets.UTF_8);
            if (path.equals(PREFIX + "init/error")) {
                initFailure.complete(new InvocationResult(false, text));
            } else if (path.startsWith(PREFIX + "invocation/")) {
                finish(path, text);
            } else {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] accepted = "{\"status\":\"OK\"}".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(202, accepted.length);
            exchange.getResponseBody().write(accepted);
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        ready.complete(System.nanoTime());
        Invocation invocation;
        try {
            invocation = waiting.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        // The time begins when the runtime takes the event. As in AWS, the start of the process does not count.
        long deadline = System.currentTimeMillis() + invocation.timeout().toMillis();
        running.put(invocation.id(), invocation);
        var headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
        headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", FUNCTION_ARN);
        headers.set("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0");
        // The native part of the runtime client crashes the JVM if this header is missing.
        headers.set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, invocation.event().length);
        exchange.getResponseBody().write(invocation.event());
    }

    private void finish(String path, String body) {
        String[] parts = path.substring(PREFIX.length()).split("/");
        Invocation invocation = parts.length == 3 ? running.remove(parts[1]) : null;
        if (invocation != null) {
            invocation.outcome().complete(new InvocationResult(parts[2].equals("response"), body));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
