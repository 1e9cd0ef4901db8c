package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuffmanCodeTest {
    @Test
    void aDistanceAndALengthHaveTheSymbolsOfTheRfc() {
        assertThat(DeflateCodes.lengthSymbol(10)).isEqualTo(7);
        assertThat(DeflateCodes.lengthSymbol(257)).isEqualTo(27);
        assertThat(DeflateCodes.lengthSymbol(258)).isEqualTo(28);
        assertThat(DeflateCodes.firstLength(27)).isEqualTo(227);
        assertThat(DeflateCodes.distanceSymbol(192)).isEqualTo(14);
        assertThat(DeflateCodes.distanceSymbol(193)).isEqualTo(15);
        assertThat(DeflateCodes.distanceSymbol(32_768)).isEqualTo(29);
        assertThat(DeflateCodes.firstDistance(29)).isEqualTo(24_577);
        assertThat(DeflateCodes.distanceExtraBits(29)).isEqualTo(13);
    }

    @Test
    void frequentSymbolsHaveShortCodes() {
        HuffmanCode code = new HuffmanCode(4, 15);
        code.build(new int[] {1, 10, 3, 0});
        assertThat(code.lengths).containsExactly(2, 1, 2, 0);
        assertThat(code.codes).containsExactly(0b01, 0b0, 0b11, 0);
    }

    @Test
    void oneSymbolHasACodeOfOneBit() {
        HuffmanCode code = new HuffmanCode(30, 12);
        code.build(new int[30]);
        assertThat(code.lengths[0]).isOne();
        int[] counts = new int[30];
        counts[7] = 5;
        code.build(counts);
        assertThat(code.lengths[7]).isOne();
        assertThat(Arrays.stream(code.lengths).sum()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 12, 15})
    void codesFillTheirLimitAndNoMore(int most) {
        Random random = new Random(most);
        for (int round = 0; round < 300; round++) {
            int symbols = 2 + random.nextInt(most == 7 ? 17 : 284);
            int[] counts = new int[symbols];
            for (int i = 0; i < symbols; i++) {
                counts[i] = 1 << random.nextInt(1 + round % 30);
            }
            HuffmanCode code = new HuffmanCode(symbols, most);
            code.build(counts);
            long sum = 0;
            for (int length : code.lengths) {
                assertThat(length).isBetween(1, most);
                sum += 1L << most - length;
            }
            assertThat(sum).isEqualTo(1L << most);
        }
    }
}
