package io.flowlog.sink.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** The {@code Retry-After} header (RFC 9110, section 10.2.3): seconds, or a date in one of HTTP's three forms. */
final class RetryAfter {
    private static final int MAX_DIGITS = 18;
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.US)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US).withZone(ZoneOffset.UTC));

    private RetryAfter() {}

    /** The longest wait that one of the values asks for; zero if none is valid or the date has passed. */
    static Duration longest(List<String> values, Instant now) {
        Duration longest = Duration.ZERO;
        for (String value : values) {
            Duration wait = parse(value.strip(), now);
            if (wait.compareTo(longest) > 0) {
                longest = wait;
            }
        }
        return longest;
    }

    private static Duration parse(String value, Instant now) {
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(value.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(value));
        }
        for (DateTimeFormatter format : DATES) {
            try {
                return Duration.between(now, format.parse(value, Instant::from));
            } catch (DateTimeException e) {
                // The value does not have this form. A value with an unknown form is ignored.
            }
        }
        return Duration.ZERO;
    }
}
