package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    @DisplayName("R8 control and format characters, line separators and lone surrogates are escaped")
    void r8Escapes() {
        assertThat(OneLine.of("a\n\u001b\u2028\u202e\ud800b", 100)).isEqualTo("a\\u000a\\u001b\\u2028\\u202e\\ud800b");
        assertThat(OneLine.of("\udb40\udc01", 100)).as("an invisible tag").isEqualTo("\\udb40\\udc01");
    }

    @Test
    void cutsLongTextBetweenCharacters() {
        assertThat(OneLine.of("abc", 3)).isEqualTo("abc");
        assertThat(OneLine.of("abcd", 3)).isEqualTo("abc...");
        assertThat(OneLine.of("ab\ud83d\ude00d", 3)).isEqualTo("ab\ud83d\ude00...");
    }
}
