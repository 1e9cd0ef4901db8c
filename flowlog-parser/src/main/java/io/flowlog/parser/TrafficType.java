package io.flowlog.parser;

/**
 * Type of traffic: the column {@code type}.
 *
 * <p>AWS may add words: a word that this version of the library does not know is {@link #UNKNOWN}, and its text is
 * available as {@code flow.get("type")}. Source: "Flow log records" in the Amazon VPC User Guide.
 */
public enum TrafficType {
    /** Internet Protocol, version 4. */
    IPV4("IPv4"),
    /** Internet Protocol, version 6. */
    IPV6("IPv6"),
    /** Elastic Fabric Adapter. */
    EFA("EFA"),
    /** A word that this version of the library does not know. */
    UNKNOWN("UNKNOWN");

    private static final Words<TrafficType> WORDS = new Words<>(values(), TrafficType::text, UNKNOWN);

    private final String text;

    TrafficType(String text) {
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
    public static TrafficType of(String text) {
        return WORDS.of(text);
    }
}
