package io.flowlog.parser;

/**
 * Kind of network interface: the columns {@code interface-type} and {@code next-hop-interface-type}.
 *
 * <p>An open set: a word that this version of the library does not know is {@link #UNKNOWN}, and its text stays readable as
 * {@code flow.get("interface-type")}. Source: "Flow log records" in the Amazon VPC User Guide.
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
    public static InterfaceType of(String text) {
        return WORDS.of(text);
    }
}
