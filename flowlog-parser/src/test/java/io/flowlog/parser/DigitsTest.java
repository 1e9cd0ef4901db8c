package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {
    private static final int START = 16;
    private static final long NONE = -7;

    private static byte[] line(String word) {
        return ("999999999999999 " + word + " 99999999").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The fast way over an index, and the way for one word. */
    private static boolean valid(String word) {
        byte[] bytes = line(word);
        int end = START + word.length();
        boolean alone = Digits.valid(bytes, START, end);
        assertThat(Digits.valid(bytes, new int[] {START - 1, end}, 1, new int[] {0}))
                .isEqualTo(alone);
        return alone;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "010, 10",
        "12345678, 12345678",
        "123456789, 123456789",
        "1640995465, 1640995465",
        "9999999999999999, 9999999999999999",
        "12345678901234567, 12345678901234567",
        "9223372036854775807, 9223372036854775807",
        "00000000000000000000000042, 42",
        "000000000000009223372036854775807, 9223372036854775807",
        "-, -7"
    })
    void readsIntegers(String word, long value) {
        assertThat(valid(word)).isTrue();
        assertThat(Digits.parse(line(word), START, START + word.length(), NONE)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-",
                "0-",
                "-0",
                "-1",
                "+1",
                "--",
                "1-",
                "x",
                "1x",
                "x1",
                "12345678x",
                "x12345678",
                "1234x5678",
                "123456789012345x",
                "1234567890123456x",
                "9223372036854775808",
                "99999999999999999999",
                "0x10",
                "1.0",
                "1e3",
                "/",
                ":",
                "\u00b2",
                "1\u0000"
            })
    void refusesWhatIsNoInteger(String word) {
        assertThat(valid(word)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 10, 15, 16, 17, 18, 19})
    void refusesEveryByteButDigitsAtEveryPlace(int length) {
        for (int at = 0; at < length; at++) {
            for (int b = 0; b < 256; b++) {
                char[] word = "1".repeat(length).toCharArray();
                word[at] = (char) b;
                boolean expected = b >= '0' && b <= '9' || length == 1 && b == '-';
                assertThat(valid(new String(word)))
                        .as("%d at %d of %d", b, at, length)
                        .isEqualTo(expected);
            }
        }
    }
}
