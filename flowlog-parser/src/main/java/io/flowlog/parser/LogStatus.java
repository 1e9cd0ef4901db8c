package io.flowlog.parser;

/**
 * Whether the window was recorded completely: the column {@code log-status}.
 *
 * <p>AWS may add words: a word that this version of the library does not know is {@link #UNKNOWN}, and its text is
 * available as {@code flow.get("log-status")}. Source: "Flow log records" in the Amazon VPC User Guide.
 */
public enum LogStatus {
    /** The traffic of the window was recorded normally. */
    OK("OK"),
    /** The window had no traffic. The columns that describe traffic are absent. */
    NODATA("NODATA"),
    /** AWS skipped records of the window because of a capacity limit or an internal error: traffic is missing. */
    SKIPDATA("SKIPDATA"),
    /** A word that this version of the library does not know. */
    UNKNOWN("UNKNOWN");

    private static final Words<LogStatus> WORDS = new Words<>(values(), LogStatus::text, UNKNOWN);

    private final String text;

    LogStatus(String text) {
        this.text = text;
    }

    /**
     * Returns the word as AWS writes it.
     *
     * @return the word; {@code UNKNOWN} for {@link #UNKNOWN}, whatever word was in the file
     */
    public String text() {
        return text;
    }

    /**
     * Returns the constant for a word.
     *
     * @param text as AWS writes it; case counts
     * @return the constant; {@link #UNKNOWN} for any other word
     */
    public static LogStatus of(String text) {
        return WORDS.of(text);
    }
}
