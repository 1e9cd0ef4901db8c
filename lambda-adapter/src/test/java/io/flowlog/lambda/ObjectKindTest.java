package io.flowlog.lambda;

import static io.flowlog.lambda.Events.BUCKET;
import static io.flowlog.lambda.LambdaUnderTest.flowLog;
import static io.flowlog.lambda.LambdaUnderTest.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.s3.testing.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKindTest {
    private LambdaUnderTest lambda;

    @BeforeEach
    void start() throws IOException {
        lambda = new LambdaUnderTest();
    }

    @AfterEach
    void stop() throws IOException {
        lambda.close();
    }

    @ParameterizedTest
    @CsvSource({"x/_SUCCESS, content", "_SUCCESS, ''", "folder/, ''", "empty.log.gz, ''"})
    void s20G9AcceptsMarkersAndEmptyObjectsAndCountsThem(String key, String content) {
        lambda.s3.put(BUCKET, key, content.getBytes(StandardCharsets.US_ASCII));
        assertThat(lambda.invoke(Events.s3(key))).isEqualTo("null");
        assertThat(lambda.lake.connections()).isZero();
        assertThat(lambda.metric("EmptyObjects")).isEqualTo(1);
        assertThat(lambda.metric("Failures")).isZero();
    }

    @Test
    void g9WarnsAboutAnEmptyObject() {
        lambda.s3.put(BUCKET, "e.log.gz", new byte[0]);
        lambda.invoke(Events.s3("e.log.gz"));
        assertThat(lambda.logLines())
                .anySatisfy(line -> assertThat(line)
                        .containsEntry("level", "WARN")
                        .containsEntry("message", "empty_object")
                        .containsEntry("key", "e.log.gz"));
    }

    @Test
    void g9AcceptsAHeaderWithoutRecords() {
        lambda.putLog("h", 0);
        assertThat(lambda.invoke(Events.s3("h"))).isEqualTo("null");
        assertThat(lambda.lake.connections()).isZero();
    }

    @Test
    void g9AcceptsTheGzipOfNothing() {
        lambda.s3.put(BUCKET, "h", gzip(""));
        assertThat(lambda.invoke(Events.s3("h"))).isEqualTo("null");
    }

    static List<Arguments> others() {
        return List.of(
                Arguments.of(
                        "Parquet",
                        "PAR1....PAR1".getBytes(StandardCharsets.US_ASCII),
                        ParquetObjectTest.isBuilt() ? "Parquet footer: " : "set the flow log's format to text"),
                Arguments.of(
                        "README",
                        "# Read me\nplease\n".getBytes(StandardCharsets.US_ASCII),
                        "not a flow log; set a prefix"),
                Arguments.of(
                        "picture", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, 0}, "not a flow log; set a prefix"),
                Arguments.of("gzip of a text", gzip("hello"), "not a flow log; set a prefix"),
                Arguments.of("g10 gzip in gzip", gzip(gzip(flowLog(1))), "gzip inside gzip"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void s20FailsOverWhatIsNotATextFlowLogAndSaysWhatToDo(String what, byte[] content, String says) {
        lambda.s3.put(BUCKET, "k", content);
        assertThatThrownBy(() -> lambda.invoke(Events.s3("k"))).hasMessageContaining(says);
        assertThat(lambda.lake.connections()).isZero();
        assertThat(lambda.metric("Failures")).isEqualTo(1);
        assertThat(lambda.invoke(Events.batch1("k"))).contains("\"resultCode\":\"PermanentFailure\"", says);
    }

    @Test
    void s10FailsOverAMissingObjectForGood() {
        assertThatThrownBy(() -> lambda.invoke(Events.s3("gone"))).hasMessageContaining("no such object");
        assertThat(lambda.s3.requests()).hasSize(1);
        assertThat(lambda.invoke(Events.batch2("gone"))).contains("\"resultCode\":\"PermanentFailure\"");
    }

    @Test
    void s11NamesBucketKeyAndActionsWhenRefused() {
        lambda.s3.failing(BUCKET, "k", Fault.error(403, "AccessDenied"));
        assertThatThrownBy(() -> lambda.invoke(Events.s3("k")))
                .hasMessageContaining("s3://flow-logs/k")
                .hasMessageContaining("s3:GetObject")
                .hasMessageContaining("kms:Decrypt");
    }

    @Test
    void s12FailsForNowWhenS3StaysBusy() {
        Fault busy = Fault.error(503, "SlowDown");
        lambda.s3.failing(BUCKET, "k", busy, busy, busy, busy, busy, busy);
        assertThat(lambda.invoke(Events.batch2("k"))).contains("\"resultCode\":\"TemporaryFailure\"");
    }

    @Test
    void s13FailsOverABucketInAnotherRegionWithoutFollowing() {
        lambda.s3.failing(BUCKET, "k", Fault.error(301, "PermanentRedirect", "Location: http://127.0.0.1:1/"));
        assertThatThrownBy(() -> lambda.invoke(Events.s3("k"))).hasMessageContaining("another region");
        assertThat(lambda.s3.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"403, InvalidObjectState, restore it", "400, InvalidRequest, SSE-C"})
    void s18FailsOverWhatIsArchivedOrEncryptedByItsWriter(int status, String code, String says) {
        lambda.s3.failing(BUCKET, "k", Fault.error(status, code));
        assertThatThrownBy(() -> lambda.invoke(Events.s3("k"))).hasMessageContaining(says);
    }

    @Test
    void s14S15ReadsOnWhenTheBodyBreaks() {
        lambda.s3.put(BUCKET, "k", gzip(flowLog(1000)));
        lambda.s3.failing(BUCKET, "k", Fault.resetAfter(300), Fault.finAfter(500));
        assertThat(lambda.invoke(Events.s3("k"))).isEqualTo("null");
        assertThat(lambda.delivered()).hasSize(1000);
    }

    @Test
    void s15G5FailsAPlainObjectThatStaysShortOfItsLength() {
        lambda.s3.put(BUCKET, "k", flowLog(1000).getBytes(StandardCharsets.US_ASCII));
        Fault cut = Fault.finAfter(0);
        lambda.s3.failing(BUCKET, "k", Fault.finAfter(20_000), cut, cut, cut, cut);
        assertThatThrownBy(() -> lambda.invoke(Events.s3("k"))).hasMessageContaining("broke off after 20000 of");
        assertThat(lambda.lake.received()).isEmpty();
    }

    @Test
    void g4DeliversAllMembersThoughTheConnectionPausesBetweenThem() {
        byte[] first = gzip(flowLog(10));
        byte[] both = concat(first, gzip(flowLog(5)));
        lambda.s3.put(BUCKET, "k", both);
        lambda.s3.failing(BUCKET, "k", Fault.pauseAfter(first.length, Duration.ofMillis(400)));
        assertThat(lambda.invoke(Events.s3("k"))).isEqualTo("null");
        assertThat(lambda.delivered()).hasSize(15);
    }

    static List<Arguments> damages() {
        UnaryOperator<byte[]> cut = bytes -> Arrays.copyOf(bytes, bytes.length / 2);
        UnaryOperator<byte[]> trailer = bytes -> Arrays.copyOf(bytes, bytes.length - 3);
        UnaryOperator<byte[]> crc = bytes -> flipped(bytes, bytes.length - 8);
        UnaryOperator<byte[]> size = bytes -> flipped(bytes, bytes.length - 1);
        UnaryOperator<byte[]> junk = bytes -> concat(bytes, new byte[] {1, 2, 3, 4, 5});
        UnaryOperator<byte[]> zeros = bytes -> concat(bytes, new byte[512]);
        return List.of(
                Arguments.of("g1 cut", cut),
                Arguments.of("g2 trailer cut", trailer),
                Arguments.of("g3 CRC", crc),
                Arguments.of("g3 ISIZE", size),
                Arguments.of("g6 junk", junk),
                Arguments.of("g7 zeros", zeros));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void damagedGzipDeliversNothingOfAOneBatchObjectAndIsCounted(String what, UnaryOperator<byte[]> damage) {
        lambda.s3.put(BUCKET, "k", damage.apply(gzip(flowLog(100))));
        assertThatThrownBy(() -> lambda.invoke(Events.s3("k"))).hasMessageContaining("gzip member");
        assertThat(lambda.lake.received()).isEmpty();
        assertThat(lambda.metric("CorruptObjects")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.log.gz", "gzip.log"})
    void g8GoesByTheFirstBytesAndNotByTheName(String key) {
        byte[] plain = flowLog(4).getBytes(StandardCharsets.US_ASCII);
        lambda.s3.put(BUCKET, key, key.startsWith("plain") ? plain : gzip(plain));
        assertThat(lambda.invoke(Events.s3(key))).isEqualTo("null");
        assertThat(lambda.delivered()).hasSize(4);
    }

    @Test
    void g14DecodesOnceWhenContentEncodingIsSet() {
        lambda.s3.put(BUCKET, "k", gzip(flowLog(4)), "Content-Encoding: gzip");
        assertThat(lambda.invoke(Events.s3("k"))).isEqualTo("null");
        assertThat(lambda.delivered()).hasSize(4);
    }

    @Test
    void s17G11FailsOverAnObjectThatIsLargerThanTheLimitAndNamesIt() {
        lambda.environment.put("FLOWLOG_MAX_OBJECT_BYTES", "10000");
        lambda.s3.put(BUCKET, "k", gzip(flowLog(1000)));
        assertThatThrownBy(() -> lambda.invoke(Events.s3("k"))).hasMessageContaining("FLOWLOG_MAX_OBJECT_BYTES");
        assertThat(lambda.lake.received()).isEmpty();
    }

    @Test
    void s19SendsTheExpectedOwner() {
        lambda.environment.put("FLOWLOG_BUCKET_OWNER", "123456789012");
        lambda.putLog("k", 1);
        lambda.invoke(Events.s3("k"));
        assertThat(lambda.s3.requests().get(0).header("x-amz-expected-bucket-owner"))
                .isEqualTo("123456789012");
    }

    @Test
    void r3LeavesOutMalformedLinesCountsThemAndLogsTheFirst() {
        lambda.s3.put(BUCKET, "k", gzip(flowLog(20) + "too few columns\n".repeat(9)));
        assertThat(lambda.invoke(Events.s3("k"))).isEqualTo("null");
        assertThat(lambda.delivered()).hasSize(20);
        assertThat(lambda.metric("MalformedLines")).isEqualTo(9);
        assertThat(lambda.logLines())
                .filteredOn(line -> "malformed_line".equals(line.get("message")))
                .hasSize(5)
                .first()
                .satisfies(line -> assertThat(line).containsEntry("line", 22));
    }

    @Test
    void r3FailsWhenTooManyLinesAreMalformed() {
        lambda.s3.put(BUCKET, "k", gzip(flowLog(4) + "too few columns\n".repeat(9)));
        assertThatThrownBy(() -> lambda.invoke(Events.s3("k"))).hasMessageContaining("malformed");
        assertThat(lambda.lake.received()).isEmpty();
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        copy[at] ^= 1;
        return copy;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
