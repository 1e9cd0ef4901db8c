package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Received;
import io.flowlog.sink.http.testing.Script;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpSinkTest {
    @Test
    void postsTheRecordsAsTheLakeExpectsThem() throws Exception {
        try (RawLake lake = RawLake.start(Script.ok());
                HttpSink sink = HttpSink.builder(lake.uri())
                        .header("x-dassana-token", "token-1234")
                        .header("x-dassana-app-id", "aws_vpc_flow")
                        .allowHttpLoopback(true)
                        .build()) {
            DeliveryReport report = sink.send(SourceId.named("a"), FlowLogs.reader(FlowLogs.HEADER + FlowLogs.LINE));

            assertThat(report.acknowledged()).isEqualTo(1);
            assertThat(report.records()).isEqualTo(1);
            assertThat(report.rejected()).isZero();
            Received request = lake.received().get(0);
            assertThat(request.requestLine()).isEqualTo("POST /logs HTTP/1.1");
            assertThat(request.header("content-type")).isEqualTo("application/x-ndjson");
            assertThat(request.header("content-encoding")).isEqualTo("gzip");
            assertThat(request.header("x-dassana-token")).isEqualTo("token-1234");
            assertThat(request.header("x-dassana-app-id")).isEqualTo("aws_vpc_flow");
            assertThat(request.header("accept-encoding")).isNull();
            assertThat(request.header("upgrade")).isNull();
            assertThat(request.lines()).containsExactly(FlowLogs.JSON);
            // Computed outside Java: SHA-256 of "a", CRC-32 of the line. No process and no release may say otherwise.
            assertThat(request.key()).isEqualTo("v1-ca978112ca1bbdcafac231b39a23dc4d-2-2-7e52fb5f");
        }
    }

    @Test
    void tellsAStatusThatIsNoSuccess() throws Exception {
        try (RawLake lake = RawLake.start(Script.status(400));
                HttpSink sink =
                        HttpSink.builder(lake.uri()).allowHttpLoopback(true).build()) {
            assertThatThrownBy(() -> sink.send(SourceId.named("a"), FlowLogs.records(3), Duration.ofSeconds(10)))
                    .isInstanceOfSatisfying(DeliveryException.class, e -> {
                        assertThat(e.reason()).isEqualTo(DeliveryException.Reason.REFUSED);
                        assertThat(e.status()).hasValue(400);
                        assertThat(e.report().undeliveredRanges()).containsExactly(new LineRange(2, 4));
                        assertThat(e).hasMessageContaining("answered 400").hasMessageContaining("lines 2-4");
                    });
        }
    }
}
