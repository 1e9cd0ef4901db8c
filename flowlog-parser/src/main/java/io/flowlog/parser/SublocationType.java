package io.flowlog.parser;

/**
 * Kind of place outside a region's availability zones: the column {@code sublocation-type}.
 *
 * <p>An open set: a word that this version of the library does not know is {@link #UNKNOWN}, and its text stays readable as
 * {@code flow.get("sublocation-type")}. Source: "Flow log records" in the Amazon VPC User Guide.
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
    public static SublocationType of(String text) {
        return WORDS.of(text);
    }
}
