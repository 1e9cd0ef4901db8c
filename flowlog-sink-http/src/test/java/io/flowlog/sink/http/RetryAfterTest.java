package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** H17, value by value. */
class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest(name = "H17 Retry-After: {0} asks for {1} seconds")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "2 | 2",
                " 120 | 120",
                "-2 | 0",
                "+2 | 0",
                "1.5 | 0",
                "abc | 0",
                "'' | 0",
                "2 seconds | 0",
                "\u0662 | 0",
                "Mon, 23 Nov 2026 12:00:09 GMT | 9",
                "Monday, 23-Nov-26 12:00:09 GMT | 9",
                "Mon Nov 23 12:00:09 2026 | 9",
                "Tue Dec  1 12:00:00 2026 | 691200",
                "Mon, 23 Nov 2026 11:00:00 GMT | 0",
                "Thu, 01 Jan 1970 00:00:00 GMT | 0",
                "Mon, 99 Nov 2026 12:00:09 GMT | 0",
                "99999999999999 | 99999999999999"
            })
    void h17Values(String value, long seconds) {
        assertThat(RetryAfter.longest(List.of(value), NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    @DisplayName("H17 several headers: the longest of those that can be understood")
    void h17Several() {
        assertThat(RetryAfter.longest(List.of("1", "junk", "3", "2"), NOW)).isEqualTo(Duration.ofSeconds(3));
        assertThat(RetryAfter.longest(List.of(), NOW)).isZero();
        assertThat(RetryAfter.longest(List.of("9".repeat(1000)), NOW)).isGreaterThan(Duration.ofDays(1_000_000));
    }
}
