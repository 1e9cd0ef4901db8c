package io.flowlog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.sink.http.Compression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A benchmark that computes something else than its rivals measures nothing. */
class ContendersTest {
    private static byte[] text(String format) {
        try (InputStream in = ContendersTest.class.getResourceAsStream("/" + format + ".log")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "v5", "v11"})
    void allFindTheSameChecksum(String format) throws IOException {
        byte[] text = text(format);
        long expected = Flows.peer(Peers.SPLIT, text);

        assertThat(expected).isGreaterThan(1_000_000_000L);
        for (Peers peer : Peers.values()) {
            assertThat(Flows.peer(peer, text)).as(peer.name()).isEqualTo(expected);
        }
        assertThat(Flows.positional(text)).isEqualTo(expected);
        assertThat(Flows.flowlog(stream(text))).isEqualTo(expected);
        assertThat(Flows.flowlogValues(stream(text))).isEqualTo(expected);
        assertThat(Flows.flowlogRows(stream(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "v5", "v11"})
    void allFindTheSameSumOfTwoColumns(String format) throws IOException {
        byte[] text = text(format);
        long expected = Flows.flowlogTwoColumns(stream(text));

        assertThat(expected).isGreaterThan(100_000L);
        for (Peers peer : Peers.values()) {
            assertThat(Flows.peerTwoColumns(peer, text)).as(peer.name()).isEqualTo(expected);
        }
        assertThat(Flows.flowlogTwoValues(stream(text))).isEqualTo(expected);
        assertThat(Flows.flowlogTwoColumnsOfRows(stream(text))).isEqualTo(expected);
        assertThat(Flows.peerTwoColumnsOfRecords(Peers.FAST_CSV, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "v5", "v11"})
    void allFindTheSameText(String format) throws IOException {
        byte[] text = text(format);
        long expected = Flows.flowlogText(stream(text));

        assertThat(expected).isGreaterThan(text.length / 2);
        for (Peers peer : Peers.values()) {
            assertThat(Flows.peerText(peer, text)).as(peer.name()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "v5", "v11"})
    void gzipHoldsTheSame(String format) throws IOException {
        byte[] text = text(format);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(text);
        }
        CRC32 crc = new CRC32();
        crc.update(text);

        assertThat(Inflate.crc(gzip.toByteArray())).isEqualTo(crc.getValue());
        assertThat(Flows.flowlog(stream(gzip.toByteArray()))).isEqualTo(Flows.flowlog(stream(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "v5", "v11"})
    void allWriteTheSameJsonLines(String format, @TempDir Path folder) throws IOException, SQLException {
        byte[] text = text(format);
        String expected = output(out -> Encoders.flowlog(stream(text), out));

        assertThat(expected.lines()).hasSize(199);
        for (Peers peer : Peers.values()) {
            assertThat(output(out -> Encoders.generator(peer, stream(text), out)))
                    .isEqualTo(expected);
        }
        assertThat(output(out -> Encoders.databind(Peers.SPLIT, stream(text), out)))
                .isEqualTo(expected);

        Path file = Files.write(folder.resolve("flows.log"), text);
        Path target = folder.resolve("flows.json");
        FlowLogFormat columns = FlowLogReader.open(file).format().orElseThrow();
        Encoders.duckdb(file, columns, target.toString(), "");
        assertThat(Files.readString(target)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "v5", "v11"})
    void theFiltersKeepWhatAPeerCounts(String format) throws IOException {
        byte[] text = text(format);
        Predicate<Function<String, String>> reject = row -> row.apply("action").equals("REJECT");
        Predicate<Function<String, String>> ssh = row -> row.apply("dstport").equals("22");
        Predicate<Function<String, String>> network =
                row -> row.apply("srcaddr").startsWith("52.94.");
        Predicate<Function<String, String>> external = reject.and(
                        row -> row.apply("srcaddr").matches("(?!10\\.|192\\.168\\.|172\\.(1[6-9]|2.|3[01])\\.)[1-9].*"))
                .and(row -> row.apply("dstport").matches("22|3389"));

        assertThat(Flows.count(stream(text))).isEqualTo(Flows.peerCount(Peers.SPLIT, text, row -> true));
        assertThat(Flows.count(stream(text), Flows.REJECT))
                .isPositive()
                .isEqualTo(Flows.peerCount(Peers.SPLIT, text, reject));
        assertThat(Flows.count(stream(text), Flows.SSH))
                .isPositive()
                .isEqualTo(Flows.peerCount(Peers.SPLIT, text, ssh));
        assertThat(Flows.count(stream(text), Flows.NETWORK))
                .isPositive()
                .isEqualTo(Flows.peerCount(Peers.SPLIT, text, network));
        assertThat(Flows.count(stream(text), Flows.NETWORKS)).isZero();
        assertThat(Flows.count(stream(text), Flows.ADDRESSES)).isZero();
        assertThat(Flows.count(stream(text), Flows.EXTERNAL)).isEqualTo(Flows.peerCount(Peers.SPLIT, text, external));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "v5", "v11"})
    void allBodiesInflateToTheSameJsonLines(String format, @TempDir Path folder) throws IOException, SQLException {
        byte[] text = text(format);
        byte[] expected = output(out -> Encoders.flowlog(stream(text), out)).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(text);
        }
        Path file = Files.write(folder.resolve("flows.log.gz"), gzip.toByteArray());

        for (Compression compression : Compression.values()) {
            ByteArrayOutputStream bodies = new ByteArrayOutputStream();
            Bodies.flowlog(stream(gzip.toByteArray()), compression, bodies);
            assertThat(unpack(compression, bodies.toByteArray()))
                    .as(compression.name())
                    .isEqualTo(expected);
        }
        ByteArrayOutputStream peer = new ByteArrayOutputStream();
        Bodies.splitGenerator(gzip.toByteArray(), 6, peer);
        assertThat(gunzip(peer.toByteArray())).isEqualTo(expected);
        WholePath.Log log = WholePath.Log.of(file);
        assertThat(log.json()).isEqualTo(expected);
        for (WholePath.Contender contender : WholePath.Contender.values()) {
            boolean stage = contender == WholePath.Contender.READ || contender == WholePath.Contender.INFLATE;
            assertThat(contender.run(log)).as(contender.name()).matches(size -> stage == (size == 0));
        }
    }

    private static byte[] unpack(Compression compression, byte[] bodies) throws IOException {
        return switch (compression) {
            case NONE -> bodies;
            case GZIP, GZIP_JDK -> gunzip(bodies);
            case ZSTD -> new ZstdInputStream(stream(bodies)).readAllBytes();
        };
    }

    private static byte[] gunzip(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(stream(bytes))) {
            return in.readAllBytes();
        }
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static String output(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writing.to(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
