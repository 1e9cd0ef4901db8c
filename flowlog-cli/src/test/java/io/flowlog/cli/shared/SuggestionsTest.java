package io.flowlog.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
    private static final List<String> COMMANDS = List.of("local", "cat", "sample", "ship", "doctor");

    @ParameterizedTest
    @CsvSource({"lcoal, local", "CAT, cat", "smaple, sample", "shp, ship", "docter, doctor", "doc-tor, doctor"})
    void findsTheNearestWord(String word, String meant) {
        assertThat(Suggestions.closest(word, COMMANDS)).contains(meant);
        assertThat(Suggestions.didYouMean(word, COMMANDS)).isEqualTo("; did you mean '" + meant + "'?");
    }

    @Test
    void findsNothingForAWordThatIsNotNear() {
        assertThat(Suggestions.closest("frobnicate", COMMANDS)).isEmpty();
        assertThat(Suggestions.closest("", COMMANDS)).isEmpty();
        assertThat(Suggestions.didYouMean("xyz", List.of())).isEmpty();
    }
}
