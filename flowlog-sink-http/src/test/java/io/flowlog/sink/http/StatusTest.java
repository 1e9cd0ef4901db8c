package io.flowlog.sink.http;

import static io.flowlog.sink.http.Sinks.PLENTY;
import static io.flowlog.sink.http.Sinks.SOURCE;
import static io.flowlog.sink.http.Sinks.assertSameRequest;
import static io.flowlog.sink.http.Sinks.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.sink.http.DeliveryException.Reason;
import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Received;
import io.flowlog.sink.http.testing.Script;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lake answers, on real sockets. */
@Timeout(60)
class StatusTest {
    private static Script body(int status, String body, String... headers) {
        return (request, connection) -> connection.answer(status, body, headers);
    }

    private static DeliveryReport send(Script script, int records) throws Exception {
        try (RawLake lake = RawLake.start(script);
                HttpSink sink = Sinks.to(lake).build()) {
            return sink.send(SOURCE, FlowLogs.records(records), PLENTY);
        }
    }

    @Test
    @DisplayName(
            "H11 a docCount below what was sent is a success; the difference is counted as rejected, nothing is resent")
    void h11Rejected() throws Exception {
        DeliveryReport report = send(body(200, "{\"status\":{\"docCount\":9},\"docCount\": 3,\"x\":1}"), 10);
        assertThat(report.acknowledged()).isEqualTo(10);
        assertThat(report.rejected()).isEqualTo(7);
        assertThat(report.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @DisplayName("H11 an answer that does not say how many counts as it is")
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"docCount\":11}",
                "{\"docCount\":-1}",
                "{\"docCount\":\"3\"}",
                "[3]",
                "3",
                "ok",
                "{\"doc",
                "{\"docCount\":99999999999999999999999}",
                "{\"docCount\":1.5}",
                "\u0000"
            })
    void h11OtherBodies(String body) throws Exception {
        DeliveryReport report = send(body(200, body), 10);
        assertThat(report.acknowledged()).isEqualTo(10);
        assertThat(report.rejected()).isZero();
    }

    @ParameterizedTest
    @DisplayName("H12 200, 202, 204 without a body are successes")
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void h12Empty(int status) throws Exception {
        assertThat(send(body(status, ""), 3).acknowledged()).isEqualTo(3);
    }

    @ParameterizedTest
    @DisplayName("H12 a 2xx that is a web page is a failure and is not retried")
    @ValueSource(
            strings = {
                "Content-Type: text/html",
                "Content-Type: TEXT/HTML; charset=utf-8",
                "X-Nothing: 1",
                "Content-Type: application/xhtml+xml"
            })
    void h12Html(String header) throws Exception {
        try (RawLake lake = RawLake.start(body(200, "<!DOCTYPE html><p>log in</p>", header));
                HttpSink sink = Sinks.to(lake).build()) {
            DeliveryException e = failure(sink);
            assertThat(e.reason()).isEqualTo(Reason.REFUSED);
            assertThat(e).hasMessageContaining("web page").hasMessageContaining("<p>log in");
            assertThat(e.report().acknowledged()).isZero();
            assertThat(lake.received()).hasSize(1);
        }
    }

    @ParameterizedTest
    @DisplayName("H12 a web page is told without a content type too, however it begins")
    @ValueSource(
            strings = {
                "\uFEFF<!DOCTYPE html>",
                "<!-- portal --><html>",
                "\n <HTML>",
                "<head><title>log in</title>",
                "<body>log in",
                "<script>location='/login'</script>",
                "<meta http-equiv='refresh' content='0;url=/login'>"
            })
    void h12HtmlWithoutContentType(String page) throws Exception {
        try (RawLake lake = RawLake.start(body(200, page, "X-Nothing: 1"));
                HttpSink sink = Sinks.to(lake).build()) {
            assertThat(failure(sink).reason()).isEqualTo(Reason.REFUSED);
        }
    }

    @ParameterizedTest(name = "{0} {1} fails at once, with a sample of the body on one line, cut and without secrets")
    @CsvSource({
        "H13,400", "H13,422", "H15,404", "H15,405", "H15,410", "H23,501", "H23,505", "H23,511", "H23,999", "H23,402",
        "H23,407", "H23,409", "H23,411", "H23,431"
    })
    void h13H15H23FailsAtOnce(String row, int status) throws Exception {
        String body = "bad\n\u001b[31mtoken-1234 dG9rZW4tMTIzNA== " + "x".repeat(5000);
        try (RawLake lake = RawLake.start(body(status, body));
                HttpSink sink = Sinks.to(lake).build()) {
            DeliveryException e = failure(sink);
            assertThat(e.reason()).isEqualTo(Reason.REFUSED);
            assertThat(e.status()).hasValue(status);
            assertThat(e)
                    .hasMessageContaining("answered " + status + ": bad\\u000a\\u001b[31m[redacted] [redacted]")
                    .hasMessageContaining("lines 2-4");
            assertThat(e.getMessage()).hasSizeLessThan(600).doesNotContain("\n", "1234 ");
            assertThat(lake.received()).hasSize(1);
            assertThat(e.report().requests()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("H14 a refused token is read again once, and the delivery goes on with the new one")
    void h14Refresh() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        Script script = (request, connection) -> connection.answer(
                "token-2".equals(request.header("authorization")) ? 200 : 401, Script.docCount(request));
        try (RawLake lake = RawLake.start(script);
                HttpSink sink = Sinks.to(lake)
                        .header("Authorization", () -> " token-" + reads.incrementAndGet() + "\n")
                        .maxBatchRecords(5)
                        .build()) {
            assertThat(reads).hasValue(0);
            DeliveryReport report = sink.send(SOURCE, FlowLogs.records(100), PLENTY);
            assertThat(report.acknowledged()).isEqualTo(100);
            assertThat(reads).hasValue(2);
            assertThat(lake.received()).hasSizeBetween(21, 20 + 4);
            sink.send(SOURCE, FlowLogs.records(100), PLENTY);
            assertThat(reads).as("the new token is kept").hasValue(2);
        }
    }

    @ParameterizedTest
    @DisplayName("H14 a token refused again fails everything, without a request for what remains")
    @ValueSource(ints = {401, 403})
    void h14RefusedAgain(int status) throws Exception {
        AtomicInteger reads = new AtomicInteger();
        try (RawLake lake = RawLake.start(Script.status(status));
                HttpSink sink = Sinks.to(lake)
                        .header("Authorization", () -> "token-number-" + reads.incrementAndGet())
                        .maxBatchRecords(5)
                        .build()) {
            DeliveryException e = failure(sink, 1000, PLENTY);
            assertThat(e.reason()).isEqualTo(Reason.AUTH);
            assertThat(e.status()).hasValue(status);
            assertThat(reads).hasValue(2);
            assertThat(lake.received()).hasSizeLessThanOrEqualTo(8);
            assertThat(e.report().unreadAfter()).isPresent();
            assertThat(e.report().undelivered()).isEqualTo(e.report().encoded());
        }
    }

    @Test
    @DisplayName("H14 a fixed token is not tried twice")
    void h14FixedToken() throws Exception {
        try (RawLake lake = RawLake.start(Script.status(401));
                HttpSink sink = Sinks.to(lake).build()) {
            assertThat(failure(sink).reason()).isEqualTo(Reason.AUTH);
            assertThat(lake.received()).hasSize(1);
        }
    }

    @ParameterizedTest
    @DisplayName("H16 statuses that may pass are retried with the same key and bytes")
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void h16Retried(int status) throws Exception {
        try (RawLake lake = RawLake.start(Script.inTurn(Script.status(status), Script.status(status), Script.ok()));
                HttpSink sink = Sinks.to(lake).build()) {
            DeliveryReport report = sink.send(SOURCE, FlowLogs.records(3), PLENTY);
            assertThat(report.acknowledged()).isEqualTo(3);
            assertThat(report.retries()).isEqualTo(2);
            assertSameRequest(lake, 3);
        }
    }

    @ParameterizedTest
    @DisplayName("H16 when they do not pass, the attempts end")
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void h16Bounded(int status) throws Exception {
        try (RawLake lake = RawLake.start(Script.status(status));
                HttpSink sink = Sinks.to(lake).build()) {
            DeliveryException e = failure(sink);
            assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(e.status()).hasValue(status);
            assertThat(e).hasMessageContaining("3 times");
            assertSameRequest(lake, 3);
        }
    }

    @Test
    @DisplayName("H17 a Retry-After longer than what is left fails now")
    void h17TooLong() throws Exception {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
        for (String value : List.of("99999999999999", "60", date, "9".repeat(300))) {
            try (RawLake lake = RawLake.start(Script.status(503, "Retry-After: " + value));
                    HttpSink sink = Sinks.to(lake).build()) {
                long start = System.nanoTime();
                DeliveryException e = failure(sink);
                assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
                assertThat(e.status()).hasValue(503);
                assertThat(lake.received()).hasSize(1);
                assertThat(System.nanoTime() - start)
                        .isLessThan(PLENTY.dividedBy(2).toNanos());
            }
        }
    }

    @Test
    @DisplayName("H17 seconds are waited for on the wire too")
    void h17Waits() throws Exception {
        long start = System.nanoTime();
        DeliveryReport report =
                send(Script.inTurn(Script.status(429, "Retry-After: 0", "Retry-After: 1"), Script.ok()), 1);
        assertThat(report.retries()).isEqualTo(1);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000_000L);
    }

    @ParameterizedTest
    @DisplayName("H19 a redirect is never followed, to wherever it leads")
    @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
    void h19Redirect(int status) throws Exception {
        try (RawLake other = RawLake.start(Script.ok())) {
            for (String target : List.of("/elsewhere", other.uri().toString(), "http://lake.invalid/")) {
                try (RawLake lake = RawLake.start(Script.status(status, "Location: " + target));
                        HttpSink sink = Sinks.to(lake).build()) {
                    DeliveryException e = failure(sink);
                    assertThat(e.reason()).isEqualTo(Reason.REFUSED);
                    assertThat(e).hasMessageContaining("redirects are never followed");
                    assertThat(lake.received()).hasSize(1);
                    assertThat(lake.connections()).isEqualTo(1);
                }
            }
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    @DisplayName("a failed answer whose body never ends is judged by its status")
    void statusCountsWithoutItsBody() throws Exception {
        Script stalled = (request, connection) -> {
            connection.raw("HTTP/1.1 400 No\r\nContent-Length: 100\r\n\r\nbad batch");
            connection.awaitHangUp(Duration.ofSeconds(20));
        };
        try (RawLake lake = RawLake.start(stalled);
                HttpSink sink = Sinks.to(lake)
                        .requestTimeout(Duration.ofMillis(500))
                        .maxAttempts(50)
                        .build()) {
            DeliveryException e = failure(sink);
            assertThat(e.status()).hasValue(400);
            assertThat(e).hasMessageContaining("bad batch");
        }
    }

    @Test
    void sendsNoKeyForASourceWithoutAnId() throws Exception {
        try (RawLake lake = RawLake.start(Script.ok());
                HttpSink sink = Sinks.to(lake).recordIdField("id").build()) {
            sink.send(SourceId.none(), FlowLogs.records(1), PLENTY);
            Received request = lake.received().get(0);
            assertThat(request.header("idempotency-key")).isNull();
            assertThat(request.lines().get(0)).doesNotContain("\"id\"");
        }
    }
}
