package io.flowlog.parser;

import static io.flowlog.parser.GzipBytes.body;
import static io.flowlog.parser.GzipBytes.bytes;
import static io.flowlog.parser.GzipBytes.cut;
import static io.flowlog.parser.GzipBytes.flip;
import static io.flowlog.parser.GzipBytes.gzip;
import static io.flowlog.parser.GzipBytes.header;
import static io.flowlog.parser.GzipBytes.join;
import static io.flowlog.parser.GzipBytes.withHeaderCrc;
import static io.flowlog.parser.Inflating.ONE;
import static io.flowlog.parser.Inflating.TWO;
import static io.flowlog.parser.Inflating.inflate;
import static io.flowlog.parser.Inflating.inflating;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GzipHeaderTest {
    @Test
    void g12OptionalHeaderFieldsAreRead() throws IOException {
        byte[] extra = join(bytes(6, 0), "AB".getBytes(UTF_8), bytes(2, 0, 0x1f, 0x8b));
        byte[] name = "flows.log\0".getBytes(UTF_8);
        byte[] comment = "made by hand\0".getBytes(UTF_8);
        byte[] data = body(ONE);
        assertThat(inflate(join(header(1), data))).isEqualTo(ONE);
        assertThat(inflate(join(header(4, extra), data))).isEqualTo(ONE);
        assertThat(inflate(join(header(8, name), data))).isEqualTo(ONE);
        assertThat(inflate(join(header(16, comment), data))).isEqualTo(ONE);
        byte[] all = withHeaderCrc(header(31, extra, name, comment));
        assertThat(inflate(join(all, data, withHeaderCrc(header(2)), body(TWO))))
                .isEqualTo(join(ONE, TWO));
        assertThat(inflate(join(header(4, bytes(0xff, 0xff), new byte[0xffff]), data)))
                .isEqualTo(ONE);
    }

    @Test
    void g12EveryCutOfALongHeaderIsTold() {
        byte[] head = withHeaderCrc(
                header(31, bytes(2, 0, 7, 7), "flows.log\0".getBytes(UTF_8), "made by hand\0".getBytes(UTF_8)));
        byte[] file = join(head, body(ONE));
        for (int length = 1; length < file.length; length++) {
            assertThatThrownBy(inflating(cut(file, length))).isInstanceOf(CorruptGzipException.class);
        }
        for (int at = 0; at < head.length; at++) {
            assertThatThrownBy(inflating(flip(file, at, 0x20)))
                    .as("byte %d", at)
                    .isInstanceOf(CorruptGzipException.class);
        }
    }

    @Test
    void g12WrongHeaderCrcIsTold() {
        assertThatThrownBy(inflating(join(header(2), bytes(1, 2), body(ONE))))
                .isInstanceOf(CorruptGzipException.class)
                .hasMessageMatching("flows.log.gz, gzip member 1, compressed byte 10: "
                        + "expected header CRC-16 0x[0-9a-f]{4}, found 0x0201");
    }

    @Test
    void g12ReservedFlagsAndOtherMethodsAreTold() {
        for (int flag : new int[] {0x20, 0x40, 0x80}) {
            assertThatThrownBy(inflating(join(header(flag), body(ONE))))
                    .isInstanceOf(CorruptGzipException.class)
                    .hasMessage(
                            "flows.log.gz, gzip member 1, compressed byte 3: "
                                    + "expected header flags whose reserved bits are 0, found 0x%02x",
                            flag);
        }
        assertThatThrownBy(inflating(flip(gzip(ONE), 2, 0x01)))
                .isInstanceOf(CorruptGzipException.class)
                .hasMessage("flows.log.gz, gzip member 1, compressed byte 2: "
                        + "expected compression method 8 (deflate), found method 9");
    }

    @Test
    void g12EndlessNameOrCommentIsTold() throws IOException {
        byte[] longest = new byte[GzipInput.MAX_HEADER_TEXT + 1];
        Arrays.fill(longest, 0, longest.length - 1, (byte) 'x');
        assertThat(inflate(join(header(8, longest), body(ONE)))).isEqualTo(ONE);
        byte[] tooLong = new byte[GzipInput.MAX_HEADER_TEXT + 2];
        Arrays.fill(tooLong, (byte) 'x');
        assertThatThrownBy(inflating(header(8, tooLong)))
                .isInstanceOf(CorruptGzipException.class)
                .hasMessageEndingWith("expected a file name of at most 65536 bytes, found a longer one");
        assertThatThrownBy(inflating(header(16, tooLong)))
                .isInstanceOf(CorruptGzipException.class)
                .hasMessageEndingWith("expected a comment of at most 65536 bytes, found a longer one");
    }
}
