package io.flowlog.query;

/** The integers of a flow log. */
final class Integers {
    private Integers() {}

    /** The value of decimal digits from 0 to 2<sup>63</sup>-1, or -1. */
    static long parse(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
