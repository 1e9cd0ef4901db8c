package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Script;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** A token goes through every failure; no exception, log line, event or toString may hold it, in any spelling. */
@Isolated("it captures the standard streams")
@Timeout(120)
class CanaryTest {
    private static final String TOKEN = "canary+tok/en=AbC123 xYz789-LmN456";
    private static final String REFRESHED = "canary+second/one=DeF456 uVw012-OpQ345";

    private final StringBuilder output = new StringBuilder();

    private static List<String> spellings(String token) {
        List<String> all = new ArrayList<>();
        for (String part :
                List.of(token, token.substring(token.indexOf(' ') + 1), token.substring(0, token.indexOf(' ')))) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            all.add(part);
            all.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
            all.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            all.add(URLEncoder.encode(part, StandardCharsets.UTF_8));
            all.add(URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return all;
    }

    /** An answer that shows the client its own token in every spelling. */
    private static Script echo(int status, String... headers) {
        return (request, connection) -> {
            String token = String.valueOf(request.header("authorization"));
            connection.answer(status, "you sent " + String.join(" and ", spellings(token)), headers);
        };
    }

    private final DeliveryListener listener = new DeliveryListener() {
        @Override
        public void onRetry(SourceId source, LineRange lines, int attempt, String why, Duration wait) {
            synchronized (output) {
                output.append(why).append('\n');
            }
        }

        @Override
        public void onAcknowledged(DeliveryReport soFar) {
            synchronized (output) {
                output.append(soFar).append('\n');
            }
        }
    };

    private void deliver(URI uri, Supplier<String> token) {
        Duration timeout = Duration.ofMillis(1500);
        try (HttpSink sink = HttpSink.builder(uri)
                .allowHttpLoopback(true)
                .header("Authorization", token)
                .header("X-Fixed", TOKEN)
                .maxAttempts(2)
                .requestTimeout(Duration.ofMillis(400))
                .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)))
                .listener(listener)
                .build()) {
            record(sink);
            record(catchThrowable(() -> record(sink.send(Sinks.SOURCE, FlowLogs.records(2), timeout))));
            record(catchThrowable(() -> record(sink.send(Sinks.SOURCE, FlowLogs.records(2), timeout))));
        }
    }

    private void record(Object text) {
        StringWriter trace = new StringWriter();
        if (text instanceof Throwable thrown) {
            thrown.printStackTrace(new PrintWriter(trace));
        }
        synchronized (output) {
            output.append(text).append('\n').append(trace);
        }
    }

    @Test
    void theTokenIsInNoOutputWhateverFails() throws Exception {
        List<Script> lakes = new ArrayList<>(List.of(
                Script.ok(),
                Script.status(200, "Content-Type: text/html"),
                (request, connection) -> connection.reset(),
                (request, connection) -> connection.awaitHangUp(Duration.ofSeconds(9)),
                (request, connection) -> connection.raw("HTTP/1.1 " + request.header("authorization") + "\r\n\r\n"),
                (request, connection) ->
                        connection.raw("HTTP/1.1 200 OK\r\nContent-Length: " + TOKEN + "\r\n\r\n" + TOKEN),
                (request, connection) -> connection.raw("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + TOKEN)));
        for (int status : new int[] {200, 302, 400, 401, 403, 404, 413, 429, 500, 503, 999}) {
            lakes.add(echo(status, "Location: /" + URLEncoder.encode(TOKEN, StandardCharsets.UTF_8)));
        }
        lakes.add(echo(200, "Content-Type: text/html"));
        lakes.add(echo(503, "Retry-After: 9999"));

        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(captured, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            for (Script script : lakes) {
                try (RawLake lake = RawLake.start(script)) {
                    List<String> tokens = new ArrayList<>(List.of(TOKEN, REFRESHED));
                    deliver(lake.uri(), () -> tokens.size() > 1 ? tokens.remove(0) : tokens.get(0));
                }
            }
            deliver(
                    URI.create("https://lake.invalid/" + URLEncoder.encode(TOKEN, StandardCharsets.UTF_8)),
                    () -> TOKEN);
            deliver(
                    URI.create("http://localhost:1/?key=" + URLEncoder.encode(TOKEN, StandardCharsets.UTF_8)),
                    () -> TOKEN);
            deliver(URI.create("http://localhost:1/"), () -> TOKEN + "\n" + TOKEN);
            deliver(URI.create("http://localhost:1/"), () -> {
                throw new IllegalStateException("cannot use " + TOKEN);
            });
            record(catchThrowable(() -> FakeLake.sink().header("a", TOKEN + "\r\nb: c")));
            record(catchThrowable(() -> FakeLake.sink().header("a b", TOKEN)));
            record(catchThrowable(() -> HttpSink.builder(new URI("https", TOKEN, "lake.example", 1, "/", null, null))
                    .build()));
            record(FakeLake.sink().header("a", TOKEN));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        String all = output + captured.toString(StandardCharsets.UTF_8);
        assertThat(all).as("something was captured").contains("answered 503", "redirects are never", "[redacted]");
        assertThat(captured.toString(StandardCharsets.UTF_8)).as("logs").contains("BatchSender");
        for (String token : List.of(TOKEN, REFRESHED)) {
            for (String spelling : spellings(token)) {
                int at = all.indexOf(spelling);
                assertThat(at < 0 ? "" : all.substring(Math.max(0, at - 200), at))
                        .as(spelling)
                        .isEmpty();
            }
        }
    }
}
