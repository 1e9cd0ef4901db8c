package io.flowlog.parser;

/**
 * Type of place outside a region's availability zones: the column {@code sublocation-type}.
 *
 * <p>AWS may add words: a word that this version of the library does not know is {@link #UNKNOWN}, and its text is
 * available as {@code flow.get("sublocation-type")}. Source: "Flow log records" in the Amazon VPC User Guide.
 */
public enum SublocationType {
    /** A Wavelength zone. */
    WAVELENGTH("wavelength"),
    /** An Outpost. */
    OUTPOST("outpost"),
    /** A Local Zone. */
    LOCALZONE("localzone"),
    /** A word that this version of the library does not know. */
    UNKNOWN("UNKNOWN");

    private static final Words<SublocationType> WORDS = new Words<>(values(), SublocationType::text, UNKNOWN);

    private final String text;

    SublocationType(String text) {
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
    public static SublocationType of(String text) {
        return WORDS.of(text);
    }
}
