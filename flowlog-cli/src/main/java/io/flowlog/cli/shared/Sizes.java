package io.flowlog.cli.shared;

import java.time.Duration;
import java.util.Locale;

/** Numbers for people. */
public final class Sizes {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Sizes() {}

    /** Bytes in decimal units with three digits, such as {@code 12.8 kB}. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        String format = unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, format, value, UNITS[unit]);
    }

    /** A duration such as {@code 1.25 s}. */
    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
    }

    /** A duration for a forecast, such as {@code 3 h 12 min}, {@code 4 min 10 s} or {@code 9 s}. */
    public static String clock(Duration time) {
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }

    /** How many times larger the one is, such as {@code 9.2 : 1}. */
    public static String ratio(long large, long small) {
        return small == 0 ? "-" : String.format(Locale.ROOT, "%.1f : 1", (double) large / small);
    }

    /** {@code 1 batch}, {@code 1,200 batches}. */
    public static String count(long count, String noun) {
        String plural = noun.endsWith("ch") ? noun + "es" : noun + "s";
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? noun : plural);
    }
}
