package io.flowlog.parser;

/**
 * Direction of the flow, as seen from the interface or the transit gateway: the column {@code flow-direction}.
 *
 * <p>AWS may add words: a word that this version of the library does not know is {@link #UNKNOWN}, and its text is
 * available as {@code flow.get("flow-direction")}. Source: "Flow log records" in the Amazon VPC User Guide.
 */
public enum FlowDirection {
    /** Incoming. */
    INGRESS("ingress"),
    /** Outgoing. */
    EGRESS("egress"),
    /** A word that this version of the library does not know. */
    UNKNOWN("UNKNOWN");

    private static final Words<FlowDirection> WORDS = new Words<>(values(), FlowDirection::text, UNKNOWN);

    private final String text;

    FlowDirection(String text) {
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
    public static FlowDirection of(String text) {
        return WORDS.of(text);
    }
}
