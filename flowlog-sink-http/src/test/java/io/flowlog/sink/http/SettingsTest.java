package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowlog.sink.http.DeliveryException.Reason;
import io.flowlog.sink.http.InvalidSettingException.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** H4 and C2: what a builder refuses, and that it does not show secrets when it does. */
class SettingsTest {
    private static final String SECRET = "hunter2-canary";

    @ParameterizedTest(name = "H4 refuses {0}")
    @ValueSource(
            strings = {
                "http://lake.example/logs",
                "http://10.0.0.1/logs",
                "http://127.0.0.1.example.com/logs",
                "http://localhost/logs",
                "HTTP://lake.example/logs",
                "https://user:hunter2-canary@lake.example/logs",
                "https://hunter2-canary@lake.example/logs",
                "https://lake.example/logs#hunter2-canary",
                "https://lake.example:0/logs",
                "https://lake.example:65536/logs",
                "https://lake.example:99999/logs",
                "https://lake.example:/logs",
                "https:///logs",
                "https:lake.example",
                "https://my_lake/logs",
                "ftp://lake.example/logs",
                "//lake.example/logs",
                "/logs",
                ""
            })
    void h4RefusesEndpoint(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpSink.builder(URI.create(uri)).build())
                .withMessageContaining("endpoint")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
    }

    @ParameterizedTest(name = "H4 http:// is for loopback only, when it is allowed: {0}")
    @CsvSource({
        "http://localhost:8080/logs,true",
        "http://LOCALHOST/,true",
        "http://127.0.0.1/logs,true",
        "http://127.1.2.3:1/logs,true",
        "http://[::1]:8080/logs,true",
        "http://[0:0:0:0:0:0:0:1]/logs,true",
        "http://[0::0001]/logs,true",
        "http://[::ffff:127.0.0.1]/logs,true",
        "http://lake.example/logs,false",
        "http://127.0.0.1.example.com/,false",
        "http://localhost.example.com/,false",
        "http://10.0.0.1/,false",
        "http://[::2]/,false",
        "http://[::ffff:10.0.0.1]/,false",
        "http://0.0.0.0/,false"
    })
    void h4HttpLoopback(URI uri, boolean allowed) {
        HttpSink.Builder builder = HttpSink.builder(uri).allowHttpLoopback(true);
        if (allowed) {
            builder.build().close();
        } else {
            assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("loopback");
        }
    }

    @Test
    @DisplayName("H4 a caller can report a problem under its own name for the setting")
    void h4NamesTheSetting() {
        assertInvalid(
                () -> HttpSink.builder("http://[0:0:0:0:0:0:0:1]:8080/secret").build(),
                Setting.ALLOW_HTTP_LOOPBACK,
                "allowHttpLoopback",
                "must be true for the endpoint http://[0:0:0:0:0:0:0:1]:8080; without it, only https:// is accepted");
        assertInvalid(
                () -> HttpSink.builder("https://lake.example:/").build(),
                Setting.ENDPOINT,
                "endpoint",
                "must have a port from 1 to 65535, or no port and no colon");
        assertInvalid(
                () -> HttpSink.builder("https://me:" + SECRET + "@lake.example/ "),
                Setting.ENDPOINT,
                "endpoint",
                "is not a valid URL; check for spaces and line breaks");
        assertInvalid(
                () -> FakeLake.sink().header("Host", SECRET),
                Setting.HEADER_NAME,
                "header name 'Host'",
                "is a header that the sink sets itself");
        assertInvalid(
                () -> FakeLake.sink().header("x-token", SECRET + "x".repeat(4096)),
                Setting.HEADER_VALUE,
                "the value of header x-token",
                "is longer than 4096 characters");
        assertInvalid(
                () -> FakeLake.sink().maxInFlight(65),
                Setting.MAX_IN_FLIGHT,
                "maxInFlight",
                "must be 1 to 64, found 65");
        assertInvalid(
                () -> FakeLake.sink().recordIdField("a\nb"),
                Setting.RECORD_ID_FIELD,
                "recordIdField",
                "must have at most 128 characters and no control characters");
    }

    private static void assertInvalid(ThrowingCallable call, Setting setting, String subject, String problem) {
        InvalidSettingException e = catchThrowableOfType(InvalidSettingException.class, call);
        assertThat(e).hasMessage(subject + " " + problem);
        assertThat(e.setting()).isEqualTo(setting);
        assertThat(e.problem()).isEqualTo(problem);
    }

    @Test
    @DisplayName("H4 a URI with spaces around it does not become one")
    void h4Spaces() {
        assertThatIllegalArgumentException().isThrownBy(() -> URI.create(" https://lake.example/logs "));
        HttpSink.builder(URI.create("https://lake.example:443/logs?source=a"))
                .build()
                .close();
    }

    @ParameterizedTest(name = "C2 refuses a value that is no header value, without showing it")
    @ValueSource(
            strings = {
                "hunter2-\ncanary",
                "hunter2-\r\ncanary: x",
                "hunter2-\u0000canary",
                "hunter2-canaryé",
                "hunter2-canary\u0100",
                "hunter2-\u007fcanary",
                "",
                " \n\t "
            })
    void c2RefusesValue(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeLake.sink().header("x-token", value))
                .withMessageContaining("x-token")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2", "canary"));
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        try (HttpSink sink = lake.build(FakeLake.sink().header("x-token", () -> value))) {
            DeliveryException e =
                    catchThrowableOfType(DeliveryException.class, () -> sink.send(Sinks.SOURCE, FlowLogs.records(1)));
            assertThat(e.reason()).isEqualTo(Reason.AUTH);
            assertThat(e).hasMessageContaining("x-token");
            assertThat(e).hasStackTraceContaining("x-token");
            assertThat(lake.received).isEmpty();
        }
    }

    @Test
    @DisplayName("C2 10 KiB are no header value; white space around one is taken off")
    void c2LongAndTrimmed() throws Exception {
        assertThatIllegalArgumentException().isThrownBy(() -> FakeLake.sink().header("x-token", "x".repeat(10_240)));
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        try (HttpSink sink = lake.build(FakeLake.sink().header("X-Token", "\t two words \r\n"))) {
            sink.send(Sinks.SOURCE, FlowLogs.records(1));
            assertThat(lake.received.get(0).header("x-token")).isEqualTo("two words");
        }
    }

    @Test
    void refusesHeadersThatAreTheSinksOwnOrNone() {
        for (String name : List.of("Content-Type", "idempotency-key", "HOST", "Content-Length", "Accept-Encoding")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FakeLake.sink().header(name, "x"));
        }
        for (String name : List.of("", "a b", "a:", "é", "a\n")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FakeLake.sink().header(name, () -> "x"));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeLake.sink().header("a", "x").header("A", "y"))
                .withMessageContaining("twice");
    }

    @Test
    @DisplayName("C7 refuses numbers out of range")
    void c7Ranges() {
        HttpSink.Builder b = FakeLake.sink();
        for (long bytes : new long[] {0, -1, 10L << 30}) {
            assertThatIllegalArgumentException().isThrownBy(() -> b.maxBatchBytes(bytes));
        }
        for (int number : new int[] {0, -1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> b.maxBatchRecords(number));
            assertThatIllegalArgumentException().isThrownBy(() -> b.maxInFlight(number));
            assertThatIllegalArgumentException().isThrownBy(() -> b.maxAttempts(number));
            assertThatIllegalArgumentException().isThrownBy(() -> b.requestTimeout(Duration.ofSeconds(number)));
        }
        for (double ratio : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> b.maxMalformedRatio(ratio));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> b.recordIdField("  "));
        try (HttpSink sink = b.build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sink.send(Sinks.SOURCE, FlowLogs.records(1), Duration.ZERO));
        }
    }

    @Test
    void showsItsHostAndNothingElse() {
        try (HttpSink sink = HttpSink.builder(URI.create("https://lake.example:8443/secret-path?key=secret"))
                .header("x-token", SECRET)
                .build()) {
            assertThat(sink).hasToString("HttpSink[lake.example:8443]");
        }
    }
}
