package io.flowlog.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.s3.S3ReadException.Reason;
import io.flowlog.s3.testing.Fault;
import io.flowlog.s3.testing.S3Request;
import io.flowlog.s3.testing.StubS3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

class S3FlowLogsTest {
    private static final String BUCKET = "logs";
    private static final String KEY = "AWSLogs/flow.log.gz";
    private static final byte[] CONTENT = bytes(300_000);

    private StubS3 stub;
    private S3Client client;
    private S3FlowLogs logs;

    @BeforeEach
    void start() throws IOException {
        stub = StubS3.start();
        client = Clients.of(stub);
        logs = S3FlowLogs.of(client);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        stub.close();
    }

    @Test
    void readsTheWholeObject() throws IOException {
        String etag = stub.put(BUCKET, KEY, CONTENT);
        try (S3ObjectStream object = logs.open(S3ObjectRef.of(BUCKET, KEY))) {
            assertThat(object.contentLength()).isEqualTo(CONTENT.length);
            assertThat(object.etag()).isEqualTo(etag);
            assertThat(object.versionId()).isEmpty();
            assertThat(object.readAllBytes()).isEqualTo(CONTENT);
            assertThat(object.position()).isEqualTo(CONTENT.length);
            assertThat(object.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a+b",
                "year=2026/x",
                "a%2Bb",
                "ä/日本.gz",
                "a/../b",
                "/leading",
                "a//b",
                "trailing/",
                "q?x=1&y#z",
                "it's(1)!*~"
            })
    void s4GetsExactlyTheKeyThatIsNamed(String key) throws IOException {
        stub.put(BUCKET, key, CONTENT);
        assertThat(read(S3ObjectRef.of(BUCKET, key))).isEqualTo(CONTENT);
        assertThat(stub.requests()).hasSize(1);
    }

    @Test
    void s6ReadsTheVersionThatIsNamed() throws IOException {
        byte[] old = "old".getBytes(StandardCharsets.US_ASCII);
        stub.putVersion(BUCKET, KEY, "v1", old);
        stub.putVersion(BUCKET, KEY, "v2", CONTENT);
        S3ObjectRef first = new S3ObjectRef(BUCKET, KEY, "v1", "not-looked-at");
        try (S3ObjectStream object = logs.open(first)) {
            assertThat(object.versionId()).contains("v1");
            assertThat(object.replaced()).isFalse();
            assertThat(object.readAllBytes()).isEqualTo(old);
        }
        assertThat(stub.requests().get(0).query("versionId")).isEqualTo("v1");
        assertThat(stub.requests().get(0).header("if-match")).isNull();
    }

    @Test
    void s7AsksForTheEtagThatIsNamed() throws IOException {
        String etag = stub.put(BUCKET, KEY, CONTENT);
        assertThat(read(new S3ObjectRef(BUCKET, KEY, null, etag))).isEqualTo(CONTENT);
        assertThat(stub.requests().get(0).header("if-match")).isEqualTo('"' + etag + '"');
    }

    @Test
    void s7ReadsTheCurrentContentOfAReplacedObjectUnderItsOwnEtag() throws IOException {
        String current = stub.put(BUCKET, KEY, CONTENT);
        stub.failing(BUCKET, KEY, Fault.none(), Fault.finAfter(1000));
        try (S3ObjectStream object = logs.open(new S3ObjectRef(BUCKET, KEY, null, "\"0123\""))) {
            assertThat(object.replaced()).isTrue();
            assertThat(object.etag()).isEqualTo(current);
            assertThat(object.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(stub.requests())
                .extracting(r -> r.header("if-match"))
                .containsExactly("\"0123\"", null, '"' + current + '"');
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchKey, NOT_FOUND, no such object",
        "404, NoSuchBucket, NOT_FOUND, no such object",
        "405, MethodNotAllowed, NOT_FOUND, no such object",
        "403, AccessDenied, ACCESS_DENIED, kms:Decrypt",
        "400, KMS.DisabledException, ACCESS_DENIED, kms:Decrypt",
        "301, PermanentRedirect, WRONG_REGION, another region",
        "307, TemporaryRedirect, WRONG_REGION, another region",
        "403, InvalidObjectState, ARCHIVED, restore it",
        "400, InvalidRequest, CUSTOMER_KEY, SSE-C",
        "400, SomethingElse, REFUSED, refused"
    })
    void s10S11S13S18AnswersThatStayAreNotRetriedAndSayWhatToDo(int status, String code, Reason reason, String says) {
        stub.put(BUCKET, KEY, CONTENT);
        stub.failing(BUCKET, KEY, Fault.error(status, code));
        failure(S3ObjectRef.of(BUCKET, KEY), reason)
                .hasMessageStartingWith("s3://logs/AWSLogs/flow.log.gz: ")
                .hasMessageContaining(says)
                .hasMessageContaining(code);
        assertThat(reason.permanent()).isTrue();
        assertThat(stub.requests()).hasSize(1);
    }

    @Test
    void s10TheDetailIsTheMessageWithoutTheObject() {
        assertThatThrownBy(() -> read(S3ObjectRef.of(BUCKET, KEY)))
                .isInstanceOfSatisfying(
                        S3ReadException.class,
                        e -> assertThat("s3://logs/AWSLogs/flow.log.gz: " + e.detail())
                                .isEqualTo(e.getMessage()));
    }

    @Test
    void s11NamesTheActionForAVersion() {
        stub.putVersion(BUCKET, KEY, "v1", CONTENT);
        stub.failing(BUCKET, KEY, Fault.error(403, "AccessDenied"));
        failure(new S3ObjectRef(BUCKET, KEY, "v1", null), Reason.ACCESS_DENIED)
                .hasMessageContaining("s3:GetObjectVersion");
    }

    @Test
    void s12TriesAgainWhenS3IsBusy() throws IOException {
        stub.put(BUCKET, KEY, CONTENT);
        stub.failing(BUCKET, KEY, Fault.error(503, "SlowDown"), Fault.error(500, "InternalError"));
        assertThat(read(S3ObjectRef.of(BUCKET, KEY))).isEqualTo(CONTENT);
    }

    @Test
    void s12GivesUpWhenS3StaysBusy() {
        stub.put(BUCKET, KEY, CONTENT);
        Fault busy = Fault.error(503, "SlowDown");
        stub.failing(BUCKET, KEY, busy, busy, busy, busy, busy, busy, busy, busy);
        failure(S3ObjectRef.of(BUCKET, KEY), Reason.UNAVAILABLE);
    }

    @Test
    void s14ReadsOnByRangeUnderTheSameEtagAfterAReset() throws IOException {
        String etag = stub.put(BUCKET, KEY, CONTENT);
        stub.failing(BUCKET, KEY, Fault.resetAfter(100_000));
        try (S3ObjectStream object = logs.open(S3ObjectRef.of(BUCKET, KEY))) {
            assertThat(object.readAllBytes()).isEqualTo(CONTENT);
            assertThat(object.resumes()).isEqualTo(1);
        }
        S3Request resumed = stub.requests().get(1);
        assertThat(resumed.header("range")).matches("bytes=[1-9][0-9]*-");
        assertThat(resumed.header("if-match")).isEqualTo('"' + etag + '"');
    }

    @Test
    void s15ReadsOnAfterABodyThatIsShorterThanItsLength() throws IOException {
        stub.put(BUCKET, KEY, CONTENT);
        stub.failing(BUCKET, KEY, Fault.finAfter(1), Fault.finAfter(0), Fault.finAfter(150_000));
        assertThat(read(S3ObjectRef.of(BUCKET, KEY))).isEqualTo(CONTENT);
    }

    @Test
    void s14ReadsOnAsLongAsEveryAttemptMakesProgress() throws IOException {
        stub.put(BUCKET, KEY, CONTENT);
        Fault[] resets = new Fault[20];
        Arrays.fill(resets, Fault.resetAfter(10_000));
        stub.failing(BUCKET, KEY, resets);
        try (S3ObjectStream object = logs.open(S3ObjectRef.of(BUCKET, KEY))) {
            assertThat(object.readAllBytes()).isEqualTo(CONTENT);
            assertThat(object.resumes()).isEqualTo(20);
        }
    }

    @Test
    void s14ProgressStartsTheCountAgain() throws IOException {
        stub.put(BUCKET, KEY, CONTENT);
        Fault nothing = Fault.finAfter(0);
        stub.failing(
                BUCKET, KEY, Fault.finAfter(1), nothing, nothing, Fault.finAfter(1), nothing, nothing, Fault.none());
        assertThat(read(S3ObjectRef.of(BUCKET, KEY))).isEqualTo(CONTENT);
    }

    @Test
    void s14ReadsOnWhenS3ResetsASlowReader() throws Exception {
        byte[] content = bytes(2 * S3ObjectStream.READ_AHEAD);
        stub.put(BUCKET, KEY, content);
        Semaphore tooSlow = new Semaphore(0);
        // The first read takes one byte more than it keeps; with less it would wait until the socket's timeout.
        stub.failing(BUCKET, KEY, Fault.resetAfter(S3ObjectStream.READ_AHEAD + 1, tooSlow));
        try (S3ObjectStream object = logs.open(S3ObjectRef.of(BUCKET, KEY))) {
            assertThat(object.read()).isEqualTo(content[0] & 0xff);
            tooSlow.release();
            assertThat(Arrays.equals(object.readAllBytes(), Arrays.copyOfRange(content, 1, content.length)))
                    .isTrue();
            assertThat(object.resumes()).isEqualTo(1);
        }
    }

    @Test
    void s14AnObjectOfAFewMegabytesIsNeverResetBesideASlowReader() throws Exception {
        byte[] content = bytes(S3ObjectStream.READ_AHEAD);
        stub.put(BUCKET, KEY, content);
        stub.failing(BUCKET, KEY, Fault.resetUnread(Duration.ofMillis(300)));
        try (S3ObjectStream object = logs.open(S3ObjectRef.of(BUCKET, KEY))) {
            assertThat(object.read()).isEqualTo(content[0] & 0xff);
            // Twice the patience of S3, unless it ends the connection before.
            for (int i = 0; i < 60 && stub.openConnections() > 0; i++) {
                Thread.sleep(10);
            }
            assertThat(object.readAllBytes()).hasSize(content.length - 1);
            assertThat(object.resumes()).isZero();
            assertThat(stub.requests()).hasSize(1);
        }
    }

    @Test
    void s15FailsAfterSeveralAttemptsWithoutProgress() {
        stub.put(BUCKET, KEY, CONTENT);
        Fault nothing = Fault.finAfter(0);
        stub.failing(BUCKET, KEY, Fault.finAfter(40), nothing, nothing, nothing, nothing);
        failure(S3ObjectRef.of(BUCKET, KEY), Reason.BROKEN_BODY)
                .hasMessageContaining("after 40 of 300000 bytes; 3 attempts to resume it read nothing");
        assertThat(stub.requests()).hasSize(1 + S3FlowLogs.DEFAULT_MAX_RESUMES);
    }

    @Test
    void s14IsNotResumedAfterItsTimeout() throws IOException {
        stub.put(BUCKET, KEY, CONTENT);
        Fault cut = Fault.finAfter(10);
        stub.failing(BUCKET, KEY, cut, cut, cut, cut, cut, cut);
        AtomicLong now = new AtomicLong();
        logs = S3FlowLogs.builder(client)
                .clock(() -> now.getAndAdd(Duration.ofSeconds(10).toNanos()))
                .build();
        try (S3ObjectStream object = logs.open(S3ObjectRef.of(BUCKET, KEY), Duration.ofSeconds(25))) {
            assertThatThrownBy(object::readAllBytes)
                    .isInstanceOfSatisfying(
                            S3ReadException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BROKEN_BODY))
                    .hasMessageContaining("after 30 of 300000 bytes; its timeout of PT25S has passed");
        }
        assertThat(stub.requests()).hasSize(3);
    }

    @Test
    void s15FailsAtOnceWhereResumingIsSwitchedOff() {
        stub.put(BUCKET, KEY, CONTENT);
        stub.failing(BUCKET, KEY, Fault.finAfter(10));
        logs = S3FlowLogs.builder(client).maxResumes(0).build();
        failure(S3ObjectRef.of(BUCKET, KEY), Reason.BROKEN_BODY);
        assertThat(stub.requests()).hasSize(1);
    }

    @Test
    void s14FailsWhenTheObjectIsReplacedWhileItIsRead() {
        stub.put(BUCKET, KEY, CONTENT);
        stub.failing(BUCKET, KEY, (request, object, socket) -> {
            Fault.finAfter(10).happen(request, object, socket);
            stub.put(BUCKET, KEY, bytes(5));
        });
        failure(S3ObjectRef.of(BUCKET, KEY), Reason.CHANGED);
    }

    @Test
    void s16ReadsOnAfterABodyThatStalls() throws IOException {
        stub.put(BUCKET, KEY, CONTENT);
        stub.failing(BUCKET, KEY, Fault.stallAfter(1000));
        try (S3Client impatient = Clients.impatient(stub)) {
            logs = S3FlowLogs.of(impatient);
            assertThat(read(S3ObjectRef.of(BUCKET, KEY))).isEqualTo(CONTENT);
        }
    }

    @Test
    void s19SendsTheExpectedOwner() throws IOException {
        stub.put(BUCKET, KEY, CONTENT);
        logs = S3FlowLogs.builder(client).expectedBucketOwner("123456789012").build();
        read(S3ObjectRef.of(BUCKET, KEY));
        assertThat(stub.requests().get(0).header("x-amz-expected-bucket-owner")).isEqualTo("123456789012");
    }

    @Test
    void g14HandsOutWhatIsStoredWhateverContentEncodingSays() throws IOException {
        stub.put(BUCKET, KEY, CONTENT, "Content-Encoding: gzip");
        assertThat(read(S3ObjectRef.of(BUCKET, KEY))).isEqualTo(CONTENT);
    }

    @Test
    void g14FailsWhenTheBytesAreNotThoseOfTheChecksum() {
        stub.put(BUCKET, KEY, CONTENT, "x-amz-checksum-crc32: AAAAAA==");
        failure(S3ObjectRef.of(BUCKET, KEY), Reason.CHECKSUM);
    }

    @Test
    void anAbortedStreamFailsAtItsNextRead() throws IOException {
        stub.put(BUCKET, KEY, CONTENT);
        try (S3ObjectStream object = logs.open(S3ObjectRef.of(BUCKET, KEY))) {
            object.read();
            object.abort();
            assertThatThrownBy(object::read)
                    .isInstanceOfSatisfying(
                            S3ReadException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ABORTED));
        }
    }

    @Test
    void closingBeforeTheEndDropsTheConnection() throws Exception {
        stub.put(BUCKET, KEY, bytes(20_000_000));
        for (int i = 0; i < 60; i++) {
            logs.open(S3ObjectRef.of(BUCKET, KEY)).close();
        }
        for (int i = 0; i < 3_000 && stub.openConnections() > 0; i++) {
            Thread.sleep(10);
        }
        assertThat(stub.openConnections()).isZero();
    }

    @Test
    void aNameWithControlCharactersCannotBreakAMessage() {
        assertThat(S3ObjectRef.of(BUCKET, "a\nb\u001b[31m").uri()).isEqualTo("s3://logs/a?b?[31m");
    }

    private byte[] read(S3ObjectRef object) throws IOException {
        try (S3ObjectStream in = logs.open(object)) {
            return in.readAllBytes();
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> failure(S3ObjectRef object, Reason reason) {
        return assertThatThrownBy(() -> read(object))
                .isInstanceOfSatisfying(
                        S3ReadException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
