package io.flowlog.parser;

import static io.flowlog.parser.GzipBytes.bytes;
import static io.flowlog.parser.GzipBytes.cut;
import static io.flowlog.parser.GzipBytes.deflate;
import static io.flowlog.parser.GzipBytes.flip;
import static io.flowlog.parser.GzipBytes.gzip;
import static io.flowlog.parser.GzipBytes.header;
import static io.flowlog.parser.GzipBytes.join;
import static io.flowlog.parser.GzipBytes.littleEndian;
import static io.flowlog.parser.Inflating.ONE;
import static io.flowlog.parser.Inflating.TWO;
import static io.flowlog.parser.Inflating.drain;
import static io.flowlog.parser.Inflating.inflate;
import static io.flowlog.parser.Inflating.inflating;
import static io.flowlog.parser.Inflating.open;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipInputTest {
    @Test
    void readsWhatTheJdkWrote() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
            gzip.write(ONE);
        }
        assertThat(inflate(file.toByteArray())).isEqualTo(ONE);
    }

    @Test
    void readsDataLargerThanEveryBuffer() throws IOException {
        byte[] random = new byte[1_000_000];
        new Random(7).nextBytes(random);
        assertThat(inflate(gzip(random))).isEqualTo(random);
        assertThat(inflate(gzip(new byte[3_000_000]))).isEqualTo(new byte[3_000_000]);
    }

    @Test
    void g1CutInTheDataIsNeverAnEnd() {
        byte[] file = gzip(ONE);
        for (int length = header(0).length; length < file.length - 8; length++) {
            assertThatThrownBy(inflating(cut(file, length)))
                    .isInstanceOf(CorruptGzipException.class)
                    .hasMessage("flows.log.gz, gzip member 1, compressed byte " + length
                            + ": expected more deflate data, found the end of the input: it is cut short");
        }
    }

    @Test
    void g2CutInTheTrailerIsNeverAnEnd() {
        byte[] file = gzip(ONE);
        for (int missing = 1; missing <= 8; missing++) {
            assertThatThrownBy(inflating(cut(file, file.length - missing)))
                    .isInstanceOf(CorruptGzipException.class)
                    .hasMessage("flows.log.gz, gzip member 1, compressed byte " + (file.length - missing)
                            + ": expected the " + (missing > 4 ? "CRC-32" : "length")
                            + ", found the end of the input: it is cut short");
        }
    }

    @Test
    void g3WrongCrcIsTold() {
        byte[] file = join(header(0), deflate(ONE), littleEndian(0x01020304), littleEndian(ONE.length));
        assertThatThrownBy(inflating(file))
                .isInstanceOf(CorruptGzipException.class)
                .hasMessageMatching("flows.log.gz, gzip member 1, compressed byte " + (file.length - 8)
                        + ": expected CRC-32 0x[0-9a-f]{8}, found 0x01020304");
    }

    @Test
    void g3WrongLengthIsTold() {
        byte[] file = gzip(ONE);
        byte[] wrong = join(cut(file, file.length - 4), littleEndian(-2));
        assertThatThrownBy(inflating(wrong))
                .isInstanceOf(CorruptGzipException.class)
                .hasMessage("flows.log.gz, gzip member 1, compressed byte " + (file.length - 4) + ": expected length "
                        + ONE.length + ", found 4294967294");
    }

    @Test
    void g3EveryBitFlippedIsAnErrorOrTheSameBytes() {
        byte[] file = join(gzip(ONE), gzip(TWO));
        byte[] expected = join(ONE, TWO);
        int silent = 0;
        for (int at = 0; at < file.length; at++) {
            for (int bit = 1; bit < 256; bit <<= 1) {
                try {
                    assertThat(inflate(flip(file, at, bit))).isEqualTo(expected);
                    silent++;
                } catch (CorruptGzipException e) {
                    assertThat(e.source()).isEqualTo("flows.log.gz");
                    assertThat(e.offset()).isBetween(0L, (long) file.length);
                    assertThat(e.member()).isBetween(1L, 3L);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
        // time, extra flags and system (6 bytes) and "probably text" carry no data, nor do the bits that fill the last
        // byte
        assertThat(silent).isBetween(2 * (6 * 8 + 1), 2 * (6 * 8 + 1 + 7));
    }

    @Test
    void g4ReadsEveryMember() throws IOException {
        byte[] file = join(gzip(ONE), gzip(""), gzip(TWO), gzip(""), gzip(""));
        assertThat(inflate(file)).isEqualTo(join(ONE, TWO));
    }

    @Test
    void g4PausesAtEveryByteMakeNoDifference() throws IOException {
        byte[] file = join(gzip(ONE), gzip(TWO));
        for (int place = 1; place < file.length; place++) {
            SlowStream in = SlowStream.pausingAt(file, place);
            assertThat(inflate(in, 0, 8192)).isEqualTo(join(ONE, TWO));
            assertThat(in.sawEnd()).isTrue();
        }
    }

    @Test
    void g4JoinAtTheEdgeOfTheBuffer() throws IOException {
        byte[] random = new byte[70_000];
        new Random(11).nextBytes(random);
        for (int shift = -9; shift <= 9; shift++) {
            byte[] filler = new byte[64 * 1024 - 18 - 5 - 10 + shift];
            System.arraycopy(random, 0, filler, 0, filler.length);
            byte[] first = gzip(filler);
            assertThat(first.length).isBetween(64 * 1024 - 40, 64 * 1024 + 40);
            assertThat(inflate(join(first, gzip(TWO)))).isEqualTo(join(filler, TWO));
        }
    }

    @Test
    void g5CutExactlyAtAJoinLooksWholeFromHere() throws IOException {
        byte[] first = gzip(ONE);
        assertThat(inflate(cut(join(first, gzip(TWO)), first.length))).isEqualTo(ONE);
        assertThat(inflate(new byte[0])).isEmpty();
    }

    @Test
    void g6CutAnywhereInTheSecondMemberIsNeverAnEnd() {
        byte[] first = gzip(ONE);
        byte[] file = join(first, gzip(TWO));
        for (int length = first.length + 1; length < file.length; length++) {
            assertThatThrownBy(inflating(cut(file, length)))
                    .isInstanceOf(CorruptGzipException.class)
                    .hasMessageStartingWith("flows.log.gz, gzip member 2, compressed byte " + length)
                    .hasMessageEndingWith("found the end of the input: it is cut short");
        }
    }

    @Test
    void g6JunkAfterTheLastMemberIsTold() {
        byte[] first = gzip(ONE);
        assertThatThrownBy(inflating(join(first, "<html>".getBytes(UTF_8))))
                .isInstanceOf(CorruptGzipException.class)
                .hasMessage("flows.log.gz, gzip member 2, compressed byte " + first.length
                        + ": expected another gzip member (0x1f8b) or the end of the input, found 0x3c");
        assertThatThrownBy(inflating(join(first, bytes(0x1f, 0x8c, 8, 0))))
                .isInstanceOf(CorruptGzipException.class)
                .hasMessage("flows.log.gz, gzip member 2, compressed byte " + first.length
                        + ": expected a gzip header (0x1f8b), found 0x1f8c");
    }

    @Test
    void g7TrailingZerosAreTold() {
        byte[] first = gzip(ONE);
        for (int zeros = 1; zeros < 20; zeros++) {
            assertThatThrownBy(inflating(join(first, new byte[zeros])))
                    .isInstanceOf(CorruptGzipException.class)
                    .hasMessage("flows.log.gz, gzip member 2, compressed byte " + first.length
                            + ": expected another gzip member (0x1f8b) or the end of the input, found 0x00 (padding)");
        }
    }

    @Test
    void g13OneByteReadsGiveTheSame() throws IOException {
        byte[] file = join(gzip(ONE), gzip(""), gzip(TWO));
        for (int chunk : new int[] {1, 2, 3, 7, 64}) {
            for (int target : new int[] {1, 5, 8192}) {
                SlowStream in = SlowStream.of(file, chunk);
                assertThat(inflate(in, 0, target)).isEqualTo(join(ONE, TWO));
                assertThat(in.sawEnd()).isTrue();
            }
        }
    }

    @Test
    void startsAtTheBytesThatWereSniffed() throws IOException {
        byte[] file = join(gzip(ONE), gzip(TWO));
        for (int sniffed = 0; sniffed <= file.length; sniffed++) {
            SlowStream in = SlowStream.of(file, 1000);
            assertThat(inflate(in, sniffed, 8192)).isEqualTo(join(ONE, TWO));
            assertThat(in.sawEnd()).isTrue();
        }
    }

    @Test
    void aStreamThatAnswersZeroIsAskedForASingleByte() throws IOException {
        InputStream zeros = new ByteArrayInputStream(join(gzip(ONE), gzip(TWO))) {
            @Override
            public synchronized int read(byte[] target, int at, int length) {
                return 0;
            }
        };
        assertThat(inflate(zeros, 0, 8192)).isEqualTo(join(ONE, TWO));
    }

    @Test
    void anErrorStaysAnError() {
        byte[] file = gzip(ONE);
        GzipInput gzip = open(cut(file, file.length - 1));
        byte[] target = new byte[8192];
        assertThatThrownBy(() -> drain(gzip, target)).isInstanceOf(CorruptGzipException.class);
        assertThatThrownBy(() -> gzip.read(target, 0, 1)).isInstanceOf(CorruptGzipException.class);
    }

    @Test
    void anErrorOfTheStreamComesThroughAndStays() throws IOException {
        IOException reset = new IOException("Connection reset");
        InputStream failing = new SequenceInputStream(new ByteArrayInputStream(gzip(ONE)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw reset;
            }
        });
        GzipInput gzip = new GzipInput(failing, new byte[0], 0, "flows.log.gz");
        byte[] target = new byte[8192];
        assertThat(gzip.read(target, 0, target.length)).isEqualTo(ONE.length);
        assertThatThrownBy(() -> gzip.read(target, 0, target.length)).isSameAs(reset);
        assertThatThrownBy(() -> gzip.read(target, 0, target.length)).isSameAs(reset);
    }

    @Test
    void countsWhatItGave() throws IOException {
        GzipInput gzip = open(join(gzip(ONE), gzip(TWO)));
        assertThat(gzip.read(new byte[10], 2, 7)).isEqualTo(7);
        assertThat(gzip.bytesOut()).isEqualTo(7);
        assertThat(gzip.read(new byte[10], 2, 0)).isZero();
        drain(gzip, new byte[100]);
        assertThat(gzip.bytesOut()).isEqualTo(ONE.length + TWO.length);
        assertThat(gzip.read(new byte[10], 0, 10)).isEqualTo(-1);
    }

    @Test
    void readingAfterCloseIsAnError() {
        GzipInput gzip = open(gzip(ONE));
        gzip.close();
        gzip.close();
        assertThatThrownBy(() -> gzip.read(new byte[10], 0, 10)).hasMessage("flows.log.gz: closed");
    }
}
