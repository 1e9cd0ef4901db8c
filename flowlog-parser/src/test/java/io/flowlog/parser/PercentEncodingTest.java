package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {
    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "web%20server, web server",
        "a%2Bb%3dc, a+b=c",
        "100%25, 100%",
        "%2541, %41",
        "B%C3%BCro, Büro",
        "%E6%9D%B1%E4%BA%AC, 東京",
        "%F0%9F%9A%80, 🚀",
        "%41, A",
        "%2C, ','",
        "Büro%20東京, Büro 東京",
        "%41%CC%81, A\u0301"
    })
    void decodesUtf8(String written, String decoded) {
        assertThat(PercentEncoding.decode(written)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "%",
                "%4",
                "50%",
                "%zz",
                "%4g",
                "%-1",
                "%+1",
                "a+b",
                "%C3",
                "%C3%",
                "%C3x",
                "%80",
                "%FF",
                "%FE%FF",
                "%C0%80",
                "%ED%A0%80",
                "%F8%88%80%80%80",
                "%E6%9D",
                "%F4%90%80%80",
                "%\uff11\uff12"
            })
    void aBadEscapeIsLeftAsWritten(String written) {
        assertThat(PercentEncoding.decode(written)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "%zz%20x, %zz x",
        "%C3%41, %C3A",
        "%C3%C3%BC, %C3ü",
        "%%20, '% '",
        "%E6%9D%20, '%E6%9D '",
        "%20%, ' %'",
    })
    void aBadEscapeDoesNotSpoilItsNeighbours(String written, String decoded) {
        assertThat(PercentEncoding.decode(written)).isEqualTo(decoded);
    }
}
