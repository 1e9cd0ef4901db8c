package io.flowlog.parser;

/**
 * Whether the window was logged whole: the column {@code log-status}.
 *
 * <p>An open set: a word that this version of the library does not know is {@link #UNKNOWN}, and its text stays readable as
 * {@code flow.get("log-status")}. Source: "Flow log records" in the Amazon VPC User Guide.
 */
public enum LogStatus {
    /** The traffic of the window was logged. */
    OK("OK"),
    /** There was no traffic in the window: the columns that describe traffic are absent. */
    NODATA("NODATA"),
    /** Records of the window were skipped for lack of capacity or an error of the service: traffic is missing here. */
    SKIPDATA("SKIPDATA"),
    /** A word that this version of the library does not know. */
    UNKNOWN("UNKNOWN");

    private static final Words<LogStatus> WORDS = new Words<>(values(), LogStatus::text, UNKNOWN);

    private final String text;

    LogStatus(String text) {
        this.text = text;
    }

    /**
     * The word as AWS writes it.
     *
     * @return for {@link #UNKNOWN} its own name: the constant does not know which word was in the file
     */
    public String text() {
        return text;
    }

    /**
     * The constant for a word.
     *
     * @param text as AWS writes it; case counts
     * @return {@link #UNKNOWN} for any other word; never null
     */
    public static LogStatus of(String text) {
        return WORDS.of(text);
    }
}
