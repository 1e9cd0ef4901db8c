package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    private static final int FROM = 8;
    private static final int LONGEST = 25;

    /** Neighbours at the limits of what is plain, and odd ones outside of the text, which must not matter. */
    @ParameterizedTest
    @ValueSource(chars = {' ', '!', '#', '[', ']', 'a', '\u007f'})
    void everyByteCountsAtEveryPositionAndOnlyWithinTheText(char neighbour) {
        byte[] bytes = new byte[FROM + LONGEST + Long.BYTES];
        for (int length = 1; length <= LONGEST; length++) {
            for (int position = 0; position < length; position++) {
                for (int value = 0; value < 256; value++) {
                    Arrays.fill(bytes, (byte) '"');
                    Arrays.fill(bytes, FROM, FROM + length, (byte) neighbour);
                    bytes[FROM + position] = (byte) value;
                    boolean noEscape = value < 0x80 && value != '"' && value != '\\';
                    if (PlainText.inLine(bytes, FROM, FROM + length) != (noEscape && value >= ' ')
                            || PlainText.inWindow(bytes, FROM, FROM + length) != noEscape) {
                        assertThat(value)
                                .as("byte at %d of %d", position, length)
                                .isNull();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x0a, 0x1f, 0x22, 0x5c, 0x80, 0xff})
    void aNeighbourThatNeedsAnEscapeHidesNoOther(int odd) {
        byte[] bytes = new byte[FROM + LONGEST + Long.BYTES];
        for (int value = 0; value < 256; value++) {
            Arrays.fill(bytes, (byte) value);
            bytes[FROM + 3] = (byte) odd;
            assertThat(PlainText.inLine(bytes, FROM, FROM + LONGEST)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8})
    void noTextIsPlain(int from) {
        assertThat(PlainText.inLine(new byte[16], from, from)).isTrue();
    }
}
