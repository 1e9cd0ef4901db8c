package io.flowlog.sink.http;

import static io.flowlog.sink.http.Sinks.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowlog.sink.http.DeliveryException.Reason;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a caller can act on without reading the message. */
class DeliveryExceptionTest {
    private static DeliveryException failure(HttpSink sink) {
        return catchThrowableOfType(DeliveryException.class, () -> sink.send(SOURCE, FlowLogs.records(3)));
    }

    @Test
    void reasonsThatNoRetryCanHelpArePermanent() {
        Set<Reason> permanent =
                Stream.of(Reason.values()).filter(Reason::permanent).collect(Collectors.toSet());
        assertThat(permanent)
                .isEqualTo(EnumSet.of(
                        Reason.MALFORMED, Reason.TLS, Reason.AUTH, Reason.REFUSED, Reason.TOO_LARGE, Reason.SETTINGS));
    }

    @Test
    void theDetailIsTheReasonWithoutTheSourceAndTheAccounts() {
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.status(400));
        try (HttpSink sink = lake.build(FakeLake.sink())) {
            DeliveryException e = failure(sink);
            assertThat(e.detail()).isEqualTo("lake.example answered 400");
            assertThat(e)
                    .hasMessage("test: lake.example answered 400"
                            + " [0 of 3 records acknowledged; not acknowledged: lines 2-4]");
        }
    }

    @Test
    void aSupplierThatThrowsIsNotARefusalByTheLake() {
        IllegalStateException throttled = new IllegalStateException("throttled");
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.ok(request));
        try (HttpSink sink = lake.build(FakeLake.sink().header("x-token", () -> {
            throw throttled;
        }))) {
            DeliveryException e = failure(sink);
            assertThat(e.reason()).isEqualTo(Reason.HEADER_UNAVAILABLE);
            assertThat(e.status()).isEmpty();
            assertThat(e).hasCause(throttled);
            assertThat(e.detail()).contains("x-token");
            assertThat(lake.received).isEmpty();
        }
    }

    @Test
    void aSupplierThatThrowsAfterA401IsNamedBesideTheStatus() {
        AtomicInteger reads = new AtomicInteger();
        FakeLake lake = new FakeLake((request, timeout) -> FakeLake.status(401));
        try (HttpSink sink = lake.build(FakeLake.sink().header("x-token", () -> {
            if (reads.incrementAndGet() > 1) {
                throw new IllegalStateException("throttled");
            }
            return "token-1";
        }))) {
            DeliveryException e = failure(sink);
            assertThat(e.reason()).isEqualTo(Reason.HEADER_UNAVAILABLE);
            assertThat(e.status()).hasValue(401);
            assertThat(e.detail()).contains("answered 401").contains("x-token");
            assertThat(lake.received).hasSize(1);
        }
    }
}
