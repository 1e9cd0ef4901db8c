package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.parser.FlowLogReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/**
 * The fuzz target of the compressor: any bytes, cut into any parts and blocks, and any rows, inflate to what was compressed.
 * Jazzer runs it in the profile {@code fuzz}, {@link BodyFuzzerTest} over seeds in the default build.
 */
public final class BodyFuzzer {
    private static final byte[] HEADER = "bytes srcaddr dstaddr some-field\n".getBytes(StandardCharsets.UTF_8);
    /** Several windows of deflate, and more than a block of tokens. */
    private static final int MOST_BYTES = 400_000;

    private BodyFuzzer() {}

    /** The entry point that Jazzer looks for; the first byte chooses the way, the others are the input. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        int way = data[0] & 0xff;
        byte[] rest = Arrays.copyOfRange(data, 1, data.length);
        try {
            if (way % 2 == 0) {
                partsInflateToTheSame(rest, 1 + (way >> 1) % 4);
            } else {
                rowsInflateToTheSame(rest, 1 + (way >> 1) * 500L);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Input as a program: bytes below 128 add so many bytes, others repeat earlier ones. Each step begins a part. */
    private static void partsInflateToTheSame(byte[] program, int bodies) throws IOException {
        try (RowGzipWriter writer = new RowGzipWriter()) {
            int at = 0;
            for (int body = 0; body < bodies; body++) {
                int until = program.length * (body + 1) / bodies;
                ByteArrayOutputStream whole = new ByteArrayOutputStream();
                while (at < until && whole.size() < MOST_BYTES) {
                    at = addBlock(program, at, until, whole, writer);
                }
                at = until;
                byte[] expected = whole.toByteArray();
                CRC32 crc = new CRC32();
                crc.update(expected);
                assertThat(gunzip(writer.finish((int) crc.getValue(), expected.length)))
                        .isEqualTo(expected);
            }
        }
    }

    /** Adds steps up to one whose byte is 127, and returns where the next block begins. */
    private static int addBlock(
            byte[] program, int from, int until, ByteArrayOutputStream whole, RowGzipWriter writer) {
        byte[] block = new byte[64 * 1024];
        int length = 0;
        LineParts parts = new LineParts();
        int at = from;
        while (at < until) {
            int step = program[at++] & 0xff;
            if (step == 127) {
                break;
            }
            int argument = at < until ? program[at++] & 0xff : 1;
            int count;
            if (step < 127) {
                count = Math.min(Math.min(step, until - at), block.length - length);
                parts.reserve(1);
                parts.parts[parts.count++] = LineParts.part(argument % 8, length, argument / 8);
                System.arraycopy(program, at, block, length, count);
                at += count;
            } else {
                count = Math.min((step - 127) * 40 + argument % 7, block.length - length);
                parts.reserve(1);
                parts.parts[parts.count++] = LineParts.part(step % 8, length, argument % 32);
                byte[] before = whole.toByteArray();
                int source = before.length + length - 1 - argument * (step - 126);
                for (int i = 0; i < count; i++, source++) {
                    block[length + i] = source < 0 ? (byte) source : at(before, block, source);
                }
            }
            length += count;
        }
        writer.write(block, length, parts, parts.count);
        whole.write(block, 0, length);
        return at;
    }

    private static byte at(byte[] before, byte[] block, int index) {
        return index < before.length ? before[index] : block[index - before.length];
    }

    private static void rowsInflateToTheSame(byte[] rows, long batchBytes) throws IOException {
        List<Batch> plain = batches(rows, Compression.NONE, batchBytes);
        List<Batch> gzip = batches(rows, Compression.GZIP, batchBytes);
        assertThat(gzip).hasSameSizeAs(plain);
        for (int i = 0; i < plain.size(); i++) {
            assertThat(gunzip(gzip.get(i).body())).isEqualTo(plain.get(i).body());
            assertThat(gzip.get(i).key()).isEqualTo(plain.get(i).key());
        }
    }

    private static List<Batch> batches(byte[] rows, Compression compression, long batchBytes) throws IOException {
        byte[] log = Arrays.copyOf(HEADER, HEADER.length + rows.length);
        System.arraycopy(rows, 0, log, HEADER.length, rows.length);
        try (FlowLogReader reader =
                        FlowLogReader.builder().onMalformed(line -> {}).open(new ByteArrayInputStream(log));
                BatchBuilder builder =
                        new BatchBuilder(SourceId.named("x"), "id", compression, batchBytes, Integer.MAX_VALUE)) {
            return Batches.of(reader, builder);
        }
    }

    private static byte[] gunzip(byte[] body) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        }
    }
}
