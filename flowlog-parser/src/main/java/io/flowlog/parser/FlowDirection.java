package io.flowlog.parser;

/**
 * Direction of the flow, as seen from the interface or the transit gateway: the column {@code flow-direction}.
 *
 * <p>An open set: a word that this version of the library does not know is {@link #UNKNOWN}, and its text stays readable as
 * {@code flow.get("flow-direction")}. Source: "Flow log records" in the Amazon VPC User Guide.
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
    public static FlowDirection of(String text) {
        return WORDS.of(text);
    }
}
