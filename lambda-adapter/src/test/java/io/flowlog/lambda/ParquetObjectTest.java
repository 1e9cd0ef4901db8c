package io.flowlog.lambda;

import static io.flowlog.lambda.Events.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flowlog.parser.ParquetSupport;
import io.flowlog.s3.testing.S3Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parquet objects, for which flowlog-parquet is on the class path if it was built: with JDK 21 or newer. */
class ParquetObjectTest {
    private static final Path TWINS = Path.of("../flowlog-parquet/src/test/resources/twins");

    private LambdaUnderTest lambda;

    @BeforeEach
    void start() throws IOException {
        lambda = new LambdaUnderTest();
    }

    @AfterEach
    void stop() throws IOException {
        lambda.close();
    }

    static boolean isBuilt() {
        return ServiceLoader.load(ParquetSupport.class).findFirst().isPresent();
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(TWINS)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void isBuiltWhereTheJdkIs21OrNewer() {
        assertThat(isBuilt()).isEqualTo(Runtime.version().feature() >= 21);
    }

    @Test
    void p8WithoutTheLibraryTheFunctionSaysHowToBuildIt() throws IOException {
        assumeTrue(!isBuilt());
        lambda.s3.put(BUCKET, "k", Files.readAllBytes(files().get(0)));
        String says =
                "found a Parquet file, which this build of flowlog cannot read; build flowlog with JDK 21 or newer, "
                        + "or set the flow log's format to text";
        assertThatThrownBy(() -> lambda.invoke(Events.s3("k"))).hasMessageContaining(says);
        assertThat(lambda.invoke(Events.batch1("k"))).contains("\"resultCode\":\"PermanentFailure\"", says);
    }

    @ParameterizedTest
    @MethodSource("files")
    void aParquetObjectAndItsTextGiveTheSameJson(Path file) throws IOException {
        assumeTrue(isBuilt());
        String name = file.getFileName().toString();
        lambda.s3.put(BUCKET, "parquet", Files.readAllBytes(file));
        lambda.s3.put(BUCKET, "text", Files.readAllBytes(TWINS.resolve(name.substring(0, name.indexOf('-')) + ".log")));
        lambda.invoke(Events.s3("parquet"));
        List<String> fromParquet = withoutIds(lambda.delivered());
        assertThat(lambda.s3.requests()).hasSize(1);
        lambda.invoke(Events.s3("text"));
        List<String> all = withoutIds(lambda.delivered());
        assertThat(fromParquet).isNotEmpty().isEqualTo(all.subList(fromParquet.size(), all.size()));
    }

    private static List<String> withoutIds(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("\"record-id\":\"[0-9a-f]*", "\"record-id\":\""))
                .toList();
    }

    @Test
    void theIdsAreTheSameForEachDelivery() throws IOException {
        assumeTrue(isBuilt());
        lambda.s3.put(BUCKET, "k", Files.readAllBytes(TWINS.resolve("v5-spark-gzip.parquet")));
        lambda.invoke(Events.s3("k"));
        List<String> first = lambda.delivered();
        lambda.invoke(Events.s3("k"));
        List<String> both = lambda.delivered();
        assertThat(first).hasSize(150).allMatch(line -> line.contains("\"record-id\":\""));
        assertThat(both.subList(150, 300)).isEqualTo(first);
    }

    /** A large object: the same file with a gap before its footer, which no column refers to. */
    private static byte[] large() throws IOException {
        byte[] small = Files.readAllBytes(TWINS.resolve("v5-spark-gzip.parquet"));
        int tail = ByteBuffer.wrap(small).order(ByteOrder.LITTLE_ENDIAN).getInt(small.length - 8) + 8;
        byte[] large = Arrays.copyOf(small, small.length + (6 << 20));
        System.arraycopy(small, small.length - tail, large, large.length - tail, tail);
        Arrays.fill(large, small.length - tail, large.length - tail, (byte) 0);
        return large;
    }

    @Test
    void p9ALargeObjectIsReadByRangesOfTheSameEtag() throws IOException {
        assumeTrue(isBuilt());
        String etag = lambda.s3.put(BUCKET, "k", large());
        lambda.invoke(Events.s3("k"));
        assertThat(lambda.delivered()).hasSize(150);
        List<S3Request> requests = lambda.s3.requests();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0).header("range")).isNull();
        assertThat(requests.get(1).header("range")).matches("bytes=\\d+-\\d+");
        assertThat(requests.get(1).header("if-match")).isEqualTo('"' + etag + '"');
    }

    @Test
    void p1ADamagedParquetObjectFailsForGood() throws IOException {
        assumeTrue(isBuilt());
        byte[] damaged = Files.readAllBytes(TWINS.resolve("v5-spark-gzip.parquet"));
        damaged[3000] ^= 1;
        lambda.s3.put(BUCKET, "k", damaged);
        assertThatThrownBy(() -> lambda.invoke(Events.s3("k")))
                .hasMessageContaining("the object, Parquet row group 1, column ");
        assertThat(lambda.lake.connections()).isZero();
        assertThat(lambda.metric("CorruptObjects")).isEqualTo(1);
        assertThat(lambda.logLine("object_failed")).containsEntry("reason", "corrupt_parquet");
        assertThat(lambda.invoke(Events.batch1("k"))).contains("\"resultCode\":\"PermanentFailure\"");
    }

    @Test
    void s17TheLimitOfAnObjectCountsTheTextOfItsRows() throws IOException {
        assumeTrue(isBuilt());
        lambda.environment.put("FLOWLOG_MAX_OBJECT_BYTES", "20000");
        lambda.s3.put(BUCKET, "k", Files.readAllBytes(TWINS.resolve("v5-spark-gzip.parquet")));
        assertThatThrownBy(() -> lambda.invoke(Events.s3("k")))
                .hasMessageContaining("expected at most 20000 bytes of text")
                .hasMessageContaining("FLOWLOG_MAX_OBJECT_BYTES");
    }
}
