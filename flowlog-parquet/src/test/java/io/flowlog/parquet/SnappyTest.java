package io.flowlog.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnappyTest {
    private static String decompressed(String hex, int size) throws IOException {
        byte[] in = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] out = new byte[size];
        Snappy.decompress(in, 0, in.length, out);
        return new String(out, StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00 | ''",
                "03 08 616263 | abc",
                "03 f0 02 616263 | abc",
                "03 f4 0200 616263 | abc",
                "0a 08 616263 0d 03 | abcabcabca",
                "0a 08 616263 1a 0300 | abcabcabca",
                "0a 08 616263 1b 03000000 | abcabcabca",
                "06 00 61 05 01 | aaaaaa",
            })
    void everyKindOfElementIsRead(String hex, String text) throws IOException {
        assertThat(decompressed(hex, text.length())).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 3 | the data end early",
                "04 08 616263 | 3 | expected 3 bytes, found a block of 4",
                "03 0c 616263 | 3 | a length that goes beyond the end",
                "03 08 6162 | 3 | a length that goes beyond the end",
                "03 04 6162 | 3 | expected 3 bytes, found 2",
                "05 00 61 01 02 | 5 | a copy from before the beginning",
                "05 00 61 01 00 | 5 | a copy from before the beginning",
                "03 fc ffffffff 61 | 3 | a length that goes beyond the end",
                "ffffffffff01 | 3 | more than five bytes",
                "05 00 61 03 | 5 | the data end early",
            })
    void damageIsAnError(String hex, int size, String message) {
        assertThatThrownBy(() -> decompressed(hex, size))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    @Test
    void randomBytesAreAnErrorOrABlock() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] in = new byte[random.nextInt(40)];
            random.nextBytes(in);
            int size = random.nextInt(64);
            if (in.length > 0) {
                in[0] = (byte) size;
            }
            try {
                Snappy.decompress(in, 0, in.length, new byte[size]);
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith("Snappy: ");
            }
        }
    }
}
