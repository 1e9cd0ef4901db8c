package io.flowlog.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.parser.CorruptParquetException;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.LimitExceededException;
import io.flowlog.parser.NotAFlowLogException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, the reader ends soon with all rows, or with an error that names the file. */
@Timeout(120)
class DamageTest {
    private static final int ROUNDS = Integer.getInteger("flowlog.corruptions", 200);

    @TempDir
    private Path folder;

    private static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(Twins.FOLDER.resolve(name));
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("t.parquet"), content);
    }

    /** The number of rows; -1 if the file is rejected. */
    private int rows(byte[] content, String what) throws IOException {
        Path file = file(content);
        int rows = 0;
        try (FlowLogReader reader =
                FlowLogReader.builder().onMalformed(line -> {}).open(file)) {
            while (reader.advance()) {
                rows++;
            }
            return (int) (rows + reader.counts().malformed());
        } catch (CorruptParquetException | NotAFlowLogException | LimitExceededException e) {
            assertThat(e).as(what).hasMessageContaining("t.parquet");
            return -1;
        } catch (IOException | RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v5-spark-gzip.parquet",
                "v5-spark-snappy-plain.parquet",
                "v5-spark-v2-zstd.parquet",
                "v5-spark-uncompressed-rowgroups.parquet",
                "v5-spark-v2-gzip-plain.parquet",
                "vpc_v5_29cols-arrow-all-null.parquet"
            })
    void p1RandomDamageIsAnErrorOrAllRowsAreRead(String name) throws IOException {
        byte[] whole = bytes(name);
        int expected = rows(whole, name);
        int errors = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            byte[] damaged = damage(whole, new Random(seed));
            int rows = rows(damaged, name + ", seed " + seed);
            assertThat(rows).as("%s, seed %d", name, seed).isIn(-1, expected);
            errors += rows < 0 ? 1 : 0;
        }
        assertThat(errors).isGreaterThan(ROUNDS / 4);
    }

    private static byte[] damage(byte[] whole, Random random) {
        byte[] damaged = whole.clone();
        int at = 4 + random.nextInt(whole.length - 4);
        switch (random.nextInt(5)) {
            case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> damaged[at] = (byte) random.nextInt();
            case 2 -> {
                for (int i = at; i < Math.min(at + 16, whole.length); i++) {
                    damaged[i] = (byte) random.nextInt();
                }
            }
            case 3 -> Arrays.fill(damaged, at, Math.min(whole.length, at + 1 + random.nextInt(64)), (byte) 0xff);
            default -> {
                int count = Math.min(whole.length - at, 1 + random.nextInt(8));
                byte[] cut = Arrays.copyOf(damaged, whole.length - count);
                System.arraycopy(whole, at + count, cut, at, whole.length - at - count);
                return cut;
            }
        }
        return damaged;
    }

    @Test
    void p2DamagedGzipPagesNeverChangeAValue() throws IOException {
        byte[] whole = bytes("v5-spark-gzip.parquet");
        List<String> rows = Twins.rows(Twins.FOLDER.resolve("v5-spark-gzip.parquet"));
        int footer = whole.length
                - 8
                - ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 8);
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            byte[] damaged = whole.clone();
            damaged[4 + random.nextInt(footer - 4)] ^= (byte) (1 << random.nextInt(8));
            Path file = file(damaged);
            try {
                assertThat(Twins.rows(file)).as("seed %d", seed).isEqualTo(rows);
            } catch (CorruptParquetException e) {
                assertThat(e).hasMessageContaining("t.parquet, Parquet row group 1, column ");
            }
        }
    }

    @Test
    void p3AFileThatWasCutOffIsAnError() throws IOException {
        byte[] whole = bytes("vpc_v5_29cols-arrow-all-null.parquet");
        for (int length = 4; length < whole.length; length += 97) {
            assertThat(rows(Arrays.copyOf(whole, length), "length " + length)).isEqualTo(-1);
        }
        assertThatThrownBy(() -> Twins.rows(file(Arrays.copyOf(whole, whole.length - 1))))
                .hasMessageContaining("t.parquet, Parquet footer: expected PAR1 at the end, found other bytes");
    }

    @Test
    void p1AZeroInTheFooterIsNotTakenForItsEnd() throws IOException {
        byte[] whole = bytes("vpc_v5_29cols-arrow-hyphenated-names-snappy.parquet");
        int expected = rows(whole, "whole");
        int footer = whole.length
                - 8
                - ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 8);
        for (int at = footer; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] = 0;
            assertThat(rows(damaged, "byte " + at)).as("byte %d", at).isIn(-1, expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1, 100_000})
    void p4ALengthOfTheFooterThatLiesIsAnError(int length) throws IOException {
        byte[] whole = bytes("vpc_v5_29cols-arrow-all-null.parquet");
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(whole.length - 8, length);
        assertThat(rows(whole, "footer of " + length)).isEqualTo(-1);
    }

    @Test
    void p5SizesThatLieDoNotAllocateMemory() {
        assertThatThrownBy(() -> ThriftBounds.length(thrift(0x18, 0xff, 0xff, 0xff, 0xff, 0x07)))
                .isInstanceOf(ThriftBounds.Incomplete.class);
        assertThatThrownBy(() -> ThriftBounds.length(thrift(0x19, 0xf1, 0xff, 0xff, 0xff, 0xff, 0x07)))
                .isInstanceOf(ThriftBounds.Incomplete.class);
        assertThatThrownBy(() -> ThriftBounds.length(thrift(0x1b, 0xff, 0xff, 0xff, 0xff, 0x07, 0x11)))
                .isInstanceOf(ThriftBounds.Incomplete.class);
        byte[] nested = new byte[1000];
        Arrays.fill(nested, (byte) 0x1c);
        assertThatThrownBy(() -> ThriftBounds.length(ByteBuffer.wrap(nested)))
                .hasMessage("more than 32 structures within each other");
        try (MemoryShare share = new MemoryShare("f", 100 << 20)) {
            Assertions.assertThatCode(() -> share.add(90 << 20)).doesNotThrowAnyException();
            assertThatThrownBy(() -> share.add(20 << 20))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("f: expected a Parquet file that needs at most 100 MiB of memory")
                    .hasMessageContaining("found one that needs 110 MiB");
        }
    }

    private static ByteBuffer thrift(int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
        for (int b : bytes) {
            buffer.put((byte) b);
        }
        return buffer.flip();
    }

    @Test
    void p6AnErrorIsThrownAgainOnEveryLaterCall() throws IOException {
        byte[] whole = bytes("v5-spark-gzip.parquet");
        whole[whole.length / 2] ^= 1;
        try (FlowLogReader reader = FlowLogReader.open(file(whole))) {
            assertThatThrownBy(() -> {
                        while (reader.advance()) {
                            assertThat(reader.row().lineNumber()).isPositive();
                        }
                    })
                    .isInstanceOf(CorruptParquetException.class);
            assertThatThrownBy(reader::advance).isInstanceOf(CorruptParquetException.class);
        }
    }

    @Test
    void aReaderGivesItsMemoryBack() throws IOException {
        for (int i = 0; i < 3; i++) {
            Twins.rows(Twins.FOLDER.resolve("v5-spark-gzip.parquet"));
        }
        long most = Runtime.getRuntime().maxMemory();
        try (MemoryShare share = new MemoryShare("f", most)) {
            Assertions.assertThatCode(() -> share.add(most)).doesNotThrowAnyException();
        }
    }
}
