package io.flowlog.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.s3.S3ReadException.Reason;
import io.flowlog.s3.testing.Fault;
import io.flowlog.s3.testing.StubS3;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** How a stream ends: at an error, at an interrupt, at a store that reads on in something else. */
class S3ObjectStreamTest {
    private static final S3ObjectRef OBJECT = S3ObjectRef.of("logs", "k");

    @Test
    void anErrorAfterTheLastByteIsTheEndAndAsksForNothingMore() throws IOException {
        InputStream breaksAtTheEnd = new InputStream() {
            private final InputStream bytes = new ByteArrayInputStream(new byte[10]);

            @Override
            public int read() throws IOException {
                int next = bytes.read();
                if (next < 0) {
                    throw new IOException("Connection reset");
                }
                return next;
            }
        };
        GetObjectResponse head =
                GetObjectResponse.builder().eTag("\"e\"").contentLength(10L).build();
        try (S3ObjectStream in = new S3ObjectStream(
                OBJECT,
                new ResponseInputStream<>(head, breaksAtTheEnd),
                (from, to, etag) -> {
                    throw new AssertionError("asked for bytes from " + from);
                },
                3,
                TimeLimit.none())) {
            assertThat(in.readAllBytes()).hasSize(10);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void s14TheFirstReadTakesFourMebibytesFromTheConnection() throws IOException {
        int length = 10 * 1024 * 1024;
        InputStream connection = new ByteArrayInputStream(new byte[length]);
        GetObjectResponse head = GetObjectResponse.builder()
                .eTag("\"e\"")
                .contentLength((long) length)
                .build();
        try (S3ObjectStream in = new S3ObjectStream(
                OBJECT,
                new ResponseInputStream<>(head, connection),
                (from, to, etag) -> {
                    throw new AssertionError("asked for bytes from " + from);
                },
                3,
                TimeLimit.none())) {
            assertThat(in.read()).isZero();
            assertThat(length - connection.available()).isBetween(4 * 1024 * 1024, 4 * 1024 * 1024 + 1);
        }
    }

    @Test
    void anInterruptedReaderIsToldSoAndStaysInterrupted() throws IOException {
        try (StubS3 stub = StubS3.start();
                S3Client client = Clients.of(stub)) {
            stub.put("logs", "k", new byte[100_000]);
            try (S3ObjectStream in = S3FlowLogs.of(client).open(OBJECT)) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(in::readAllBytes)
                        .isInstanceOfSatisfying(
                                S3ReadException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.ABORTED));
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "206 Partial Content, other, 'Content-Range: bytes 10-99/100', CHANGED",
        "206 Partial Content, , 'Content-Range: bytes 20-99/100', BROKEN_BODY",
        "200 OK, , 'X-Ignores: the range', BROKEN_BODY"
    })
    void s14FailsWhenAStoreDoesNotReadOnWhereItIsAsked(
            String status, @Nullable String etag, String header, Reason reason) throws IOException {
        try (StubS3 stub = StubS3.start();
                S3Client client = Clients.of(stub)) {
            String same = stub.put("logs", "k", new byte[100]);
            String head = "HTTP/1.1 " + status + "\r\nETag: \"" + (etag == null ? same : etag) + "\"\r\n" + header
                    + "\r\nContent-Length: 90\r\n\r\n";
            stub.failing("logs", "k", Fault.finAfter(10), (request, object, socket) -> {
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(new byte[90]);
            });
            try (S3ObjectStream in = S3FlowLogs.of(client).open(OBJECT)) {
                assertThatThrownBy(in::readAllBytes)
                        .isInstanceOfSatisfying(
                                S3ReadException.class,
                                e -> assertThat(e.reason()).isEqualTo(reason));
            }
        }
    }
}
