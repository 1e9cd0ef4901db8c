package io.flowlog.parser;

/**
 * Why traffic was rejected: the column {@code reject-reason}.
 *
 * <p>AWS may add words: a word that this version of the library does not know is {@link #UNKNOWN}, and its text is
 * available as {@code flow.get("reject-reason")}. Source: "Flow log records" in the Amazon VPC User Guide.
 */
public enum RejectReason {
    /** VPC Block Public Access. */
    BPA("BPA"),
    /** VPC encryption controls. */
    EC("EC"),
    /** A word that this version of the library does not know. */
    UNKNOWN("UNKNOWN");

    private static final Words<RejectReason> WORDS = new Words<>(values(), RejectReason::text, UNKNOWN);

    private final String text;

    RejectReason(String text) {
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
    public static RejectReason of(String text) {
        return WORDS.of(text);
    }
}
