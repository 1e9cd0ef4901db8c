package io.flowlog.parser;

/**
 * Type of network interface: the columns {@code interface-type} and {@code next-hop-interface-type}.
 *
 * <p>AWS may add words: a word that this version of the library does not know is {@link #UNKNOWN}, and its text is
 * available as {@code flow.get("interface-type")}. Source: "Flow log records" in the Amazon VPC User Guide.
 */
public enum InterfaceType {
    /** A NAT gateway. */
    NAT_GATEWAY("nat_gateway"),
    /** A Network Load Balancer. */
    NETWORK_LOAD_BALANCER("network_load_balancer"),
    /** A regional NAT gateway. */
    REGIONAL_NAT_GATEWAY("regional_nat_gateway"),
    /** A transit gateway. */
    TRANSIT_GATEWAY("transit_gateway"),
    /** A VPC endpoint. */
    VPC_ENDPOINT("vpc_endpoint"),
    /** A word that this version of the library does not know. */
    UNKNOWN("UNKNOWN");

    private static final Words<InterfaceType> WORDS = new Words<>(values(), InterfaceType::text, UNKNOWN);

    private final String text;

    InterfaceType(String text) {
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
    public static InterfaceType of(String text) {
        return WORDS.of(text);
    }
}
