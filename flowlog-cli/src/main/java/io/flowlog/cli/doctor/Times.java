package io.flowlog.cli.doctor;

import io.flowlog.cli.shared.Sizes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The time that records cover, and an estimate of the aggregation interval. */
final class Times {
    /** Values above are milliseconds, as in the accessors of the parser. */
    private static final long HIGHEST_SECONDS = 1L << 32;

    /** AWS offers 60 and 600 s (Amazon VPC User Guide, "Aggregation interval"); a record may exceed them a little. */
    private static final long MINUTE = 65;

    private static final long TEN_MINUTES = 610;

    /** Records of one minute that are this long or longer show that the interval is not shorter. */
    private static final long NEARLY_A_MINUTE = 45;

    private static final int ENOUGH_RECORDS = 50;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long milliseconds;
    private long implausible;
    private long spans;
    private long longerThanMinute;
    private long longest;

    /** Adds a record. An absent time is -1. */
    void add(long start, long end) {
        long from = seconds(start);
        long to = seconds(end);
        if (from >= 0) {
            first = Math.min(first, from);
            last = Math.max(last, from);
        }
        if (to >= 0) {
            first = Math.min(first, to);
            last = Math.max(last, to);
        }
        if (from >= 0 && to >= from) {
            spans++;
            longest = Math.max(longest, to - from);
            longerThanMinute += to - from > MINUTE ? 1 : 0;
        }
    }

    private long seconds(long value) {
        if (value <= HIGHEST_SECONDS) {
            return value;
        }
        if (value > HIGHEST_SECONDS * 1000) {
            implausible++;
            return -1;
        }
        milliseconds++;
        return value / 1000;
    }

    void addAll(Times other) {
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        milliseconds += other.milliseconds;
        implausible += other.implausible;
        spans += other.spans;
        longerThanMinute += other.longerThanMinute;
        longest = Math.max(longest, other.longest);
    }

    /** From the earliest start to the latest end. */
    Optional<String> span() {
        if (first > last) {
            return Optional.empty();
        }
        return Optional.of(UTC.format(Instant.ofEpochSecond(first)) + " to " + UTC.format(Instant.ofEpochSecond(last))
                + " UTC" + (milliseconds > 0 ? " (written in milliseconds)" : "")
                + (implausible > 0 ? "; " + Sizes.count(implausible, "impossible time") : ""));
    }

    /** The estimate, with what it is based on. */
    Optional<String> interval() {
        if (spans == 0) {
            return Optional.empty();
        }
        return Optional.of(estimate()
                + String.format(Locale.ROOT, " (longest record: %,d s; %s)", longest, Sizes.count(spans, "record")));
    }

    private String estimate() {
        if (longerThanMinute * 100 > spans) {
            return longest <= TEN_MINUTES ? "probably 10 minutes" : "unknown: records are longer than 10 minutes";
        }
        if (longest > MINUTE) {
            return "probably 1 minute; a few records are longer";
        }
        return longest >= NEARLY_A_MINUTE || spans >= ENOUGH_RECORDS ? "probably 1 minute" : "unknown: too few records";
    }
}
