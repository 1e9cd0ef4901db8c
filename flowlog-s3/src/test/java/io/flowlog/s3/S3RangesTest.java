package io.flowlog.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.s3.S3ReadException.Reason;
import io.flowlog.s3.testing.Fault;
import io.flowlog.s3.testing.S3Request;
import io.flowlog.s3.testing.StubS3;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** Bytes at any position of an object, as a Parquet file requires. */
class S3RangesTest {
    private static final String BUCKET = "logs";
    private static final String KEY = "flow.log.parquet";
    private static final byte[] LARGE = bytes(6 * 1024 * 1024);

    private StubS3 stub;
    private S3Client client;

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    @BeforeEach
    void start() throws IOException {
        stub = StubS3.start();
        client = Clients.of(stub);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        stub.close();
    }

    private static byte[] read(S3ObjectStream object, long position, int count) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(count);
        object.readFully(position, target);
        assertThat(target.hasRemaining()).isFalse();
        return target.array();
    }

    private static byte[] part(int from, int to) {
        return Arrays.copyOfRange(LARGE, from, to);
    }

    /** Opens the object and reads four bytes, as a reader does that recognises the format. */
    private S3ObjectStream opened(S3FlowLogs logs, S3ObjectRef ref) throws IOException {
        S3ObjectStream object = logs.open(ref);
        assertThat(object.readNBytes(4)).isEqualTo(part(0, 4));
        return object;
    }

    private S3ObjectStream opened() throws IOException {
        return opened(S3FlowLogs.of(client), S3ObjectRef.of(BUCKET, KEY));
    }

    @Test
    void p9ASmallObjectNeedsOneRequest() throws IOException {
        stub.put(BUCKET, KEY, part(0, 100_000));
        try (S3ObjectStream object = opened()) {
            assertThat(object.size()).isEqualTo(100_000);
            assertThat(read(object, 99_000, 1000)).isEqualTo(part(99_000, 100_000));
            assertThat(read(object, 0, 100_000)).isEqualTo(part(0, 100_000));
        }
        assertThat(stub.requests()).hasSize(1);
    }

    @Test
    void p9WhatWasNotReadAheadIsRequestedByRangesOfTheSameEtagAndVersion() throws IOException {
        String etag = stub.putVersion(BUCKET, KEY, "v1", LARGE);
        S3ObjectRef ref = new S3ObjectRef(BUCKET, KEY, "v1", null);
        int end = LARGE.length;
        try (S3ObjectStream object = opened(S3FlowLogs.of(client), ref)) {
            assertThat(read(object, end - 1000, 1000)).isEqualTo(part(end - 1000, end));
            assertThat(read(object, 4_000_000, 500_000)).isEqualTo(part(4_000_000, 4_500_000));
            assertThat(read(object, 10, 20)).isEqualTo(part(10, 30));
        }
        List<S3Request> ranges = stub.requests().subList(1, stub.requests().size());
        assertThat(ranges)
                .extracting(request -> request.header("range"))
                .containsExactly("bytes=" + (end - 1000) + "-" + (end - 1), "bytes=4194305-4499999");
        assertThat(ranges).allSatisfy(request -> {
            assertThat(request.header("if-match")).isEqualTo('"' + etag + '"');
            assertThat(request.toString()).contains("v1");
        });
    }

    @Test
    void p7AnObjectThatWasReplacedBetweenTwoRangesFails() throws IOException {
        stub.put(BUCKET, KEY, LARGE);
        try (S3ObjectStream object = opened()) {
            read(object, LARGE.length - 8, 8);
            stub.put(BUCKET, KEY, bytes(LARGE.length + 1));
            assertThatThrownBy(() -> read(object, 5_000_000, 100))
                    .isInstanceOfSatisfying(
                            S3ReadException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CHANGED));
        }
    }

    @Test
    void p10ARangeThatBreaksOffIsResumed() throws IOException {
        stub.put(BUCKET, KEY, LARGE);
        stub.failing(BUCKET, KEY, Fault.none(), Fault.resetAfter(30_000), Fault.finAfter(20_000), Fault.finAfter(0));
        try (S3ObjectStream object = opened()) {
            assertThat(read(object, 5_000_000, 200_000)).isEqualTo(part(5_000_000, 5_200_000));
            assertThat(object.resumes()).isEqualTo(3);
        }
    }

    @Test
    void p10ARangeThatNeverComesFailsAfterSomeAttempts() throws IOException {
        stub.put(BUCKET, KEY, LARGE);
        Fault nothing = Fault.finAfter(0);
        stub.failing(BUCKET, KEY, Fault.none(), nothing, nothing, nothing, nothing);
        try (S3ObjectStream object = opened()) {
            assertThatThrownBy(() -> read(object, 5_000_000, 100))
                    .isInstanceOfSatisfying(
                            S3ReadException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BROKEN_BODY))
                    .hasMessageContaining("broke off after 5000000 of 6291456 bytes; 3 attempts");
        }
    }

    @Test
    void p10ARangeIsNotResumedAfterTheTimeout() throws IOException {
        stub.put(BUCKET, KEY, LARGE);
        stub.failing(BUCKET, KEY, Fault.none(), Fault.finAfter(10));
        AtomicLong clock = new AtomicLong();
        S3FlowLogs logs = S3FlowLogs.builder(client).clock(clock::get).build();
        try (S3ObjectStream object = logs.open(S3ObjectRef.of(BUCKET, KEY), Duration.ofSeconds(5))) {
            object.readNBytes(4);
            clock.addAndGet(Duration.ofSeconds(6).toNanos());
            assertThatThrownBy(() -> read(object, 5_000_000, 100))
                    .hasMessageContaining("its timeout of PT5S has passed");
        }
    }

    @Test
    void anAbortEndsAlsoReadsAtAPosition() throws IOException {
        stub.put(BUCKET, KEY, LARGE);
        try (S3ObjectStream object = opened()) {
            object.abort();
            assertThatThrownBy(() -> read(object, 0, 10))
                    .isInstanceOfSatisfying(
                            S3ReadException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ABORTED));
        }
    }

    @Test
    void bytesOutsideOfTheObjectAreAnError() throws IOException {
        stub.put(BUCKET, KEY, LARGE);
        try (S3ObjectStream object = opened()) {
            assertThatThrownBy(() -> read(object, LARGE.length - 5, 6)).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> read(object, -1, 6)).isInstanceOf(EOFException.class);
        }
    }
}
