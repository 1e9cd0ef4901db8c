package io.flowlog.parser;

/**
 * Why traffic was rejected: the column {@code reject-reason}.
 *
 * <p>An open set: a word that this version of the library does not know is {@link #UNKNOWN}, and its text stays readable as
 * {@code flow.get("reject-reason")}. Source: "Flow log records" in the Amazon VPC User Guide.
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
    public static RejectReason of(String text) {
        return WORDS.of(text);
    }
}
