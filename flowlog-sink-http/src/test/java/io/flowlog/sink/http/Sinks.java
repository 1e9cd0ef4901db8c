package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowlog.sink.http.testing.RawLake;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Sinks for wire tests: real sockets, waits of a millisecond. */
final class Sinks {
    static final SourceId SOURCE = SourceId.named("test");
    static final Duration PLENTY = Duration.ofSeconds(20);

    private Sinks() {}

    static HttpSink.Builder to(RawLake lake) {
        return to(lake.uri());
    }

    static HttpSink.Builder to(URI uri) {
        return HttpSink.builder(uri)
                .allowHttpLoopback(true)
                .header("x-dassana-token", "token-1234")
                .maxAttempts(3)
                .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)));
    }

    static DeliveryException failure(HttpSink sink, int records, Duration timeout) {
        DeliveryException e = catchThrowableOfType(
                DeliveryException.class, () -> sink.send(SOURCE, FlowLogs.records(records), timeout));
        assertThat(e).as("the delivery fails").isNotNull();
        return e;
    }

    static DeliveryException failure(HttpSink sink) {
        return failure(sink, 3, PLENTY);
    }

    /** All requests carry one key and one body. */
    static void assertSameRequest(RawLake lake, int times) {
        List<String> keys = lake.received().stream().map(r -> r.key()).toList();
        assertThat(keys).hasSize(times);
        assertThat(keys.stream().distinct()).hasSize(1);
        assertThat(lake.received())
                .allSatisfy(r ->
                        assertThat(r.body()).isEqualTo(lake.received().get(0).body()));
    }
}
