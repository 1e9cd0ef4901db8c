package io.flowlog.parser;

/**
 * Kind of traffic: the column {@code type}.
 *
 * <p>An open set: a word that this version of the library does not know is {@link #UNKNOWN}, and its text stays readable as
 * {@code flow.get("type")}. Source: "Flow log records" in the Amazon VPC User Guide.
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
    public static TrafficType of(String text) {
        return WORDS.of(text);
    }
}
