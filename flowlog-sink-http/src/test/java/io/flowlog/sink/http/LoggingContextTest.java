package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** The log lines of the sink's threads carry the logging context of the thread that called send. */
@Timeout(60)
class LoggingContextTest {
    private static final String KEY = "requestId";

    private final Set<String> seen = Collections.synchronizedSet(new HashSet<>());

    private void note(String where) {
        seen.add(where + " " + MDC.get(KEY) + " "
                + (Thread.currentThread().getName().startsWith("flowlog-sink-")));
    }

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void theSinksThreadsHaveTheContextOfTheCaller() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        FakeLake lake = new FakeLake((request, timeout) -> {
            note("request");
            return requests.incrementAndGet() % 2 == 1 ? FakeLake.status(503) : FakeLake.ok(request);
        });
        DeliveryListener listener = new DeliveryListener() {
            @Override
            public void onRetry(SourceId source, LineRange lines, int attempt, String why, Duration wait) {
                note("retry");
            }
        };
        HttpSink.Builder builder = FakeLake.sink()
                .listener(listener)
                .maxInFlight(1)
                .header("x-token", () -> {
                    note("supplier");
                    return "token-1";
                });
        try (HttpSink sink = lake.build(builder)) {
            MDC.put(KEY, "first");
            sink.send(Sinks.SOURCE, FlowLogs.records(3));
            assertThat(seen).containsExactlyInAnyOrder("supplier first true", "request first true", "retry first true");
            seen.clear();
            MDC.put(KEY, "second");
            sink.send(Sinks.SOURCE, FlowLogs.records(3));
            assertThat(seen).containsExactlyInAnyOrder("request second true", "retry second true");
            seen.clear();
            MDC.clear();
            sink.send(Sinks.SOURCE, FlowLogs.records(3));
            assertThat(seen).containsExactlyInAnyOrder("request null true", "retry null true");
        }
    }
}
