package io.flowlog.parser;

/**
 * Path that outgoing traffic takes: the column {@code traffic-path}.
 *
 * <p>AWS may add numbers: a number that this version of the library does not know is {@link #UNKNOWN}, and is available as
 * {@code flow.get("traffic-path")}. Source: "Flow log records" in the Amazon VPC User Guide.
 */
public enum TrafficPath {
    /** Through another resource in the same VPC. */
    SAME_VPC(1, "through another resource in the same VPC"),
    /** Through an internet gateway or a gateway VPC endpoint. */
    INTERNET_GATEWAY_OR_GATEWAY_ENDPOINT(2, "through an internet gateway or a gateway VPC endpoint"),
    /** Through a virtual private gateway. */
    VIRTUAL_PRIVATE_GATEWAY(3, "through a virtual private gateway"),
    /** Through an intra-region VPC peering connection. */
    INTRA_REGION_PEERING(4, "through an intra-region VPC peering connection"),
    /** Through an inter-region VPC peering connection. */
    INTER_REGION_PEERING(5, "through an inter-region VPC peering connection"),
    /** Through a local gateway. */
    LOCAL_GATEWAY(6, "through a local gateway"),
    /** Through a gateway VPC endpoint (Nitro-based instances only). */
    GATEWAY_ENDPOINT(7, "through a gateway VPC endpoint (Nitro-based instances only)"),
    /** Through an internet gateway (Nitro-based instances only). */
    INTERNET_GATEWAY(8, "through an internet gateway (Nitro-based instances only)"),
    /** A number that this version of the library does not know. */
    UNKNOWN(-1, "unknown");

    private static final TrafficPath[] ALL = values();

    private final int code;
    private final String description;

    TrafficPath(int code, String description) {
        this.code = code;
        this.description = description;
    }

    /**
     * Returns the number that AWS writes.
     *
     * @return 1 to 8; -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * Returns what the number means, for people to read.
     *
     * @return a few English words
     */
    public String description() {
        return description;
    }

    /**
     * Returns the constant for a number.
     *
     * @param code any number
     * @return the constant; {@link #UNKNOWN} for any other number
     */
    public static TrafficPath of(long code) {
        for (TrafficPath constant : ALL) {
            if (constant.code == code) {
                return constant;
            }
        }
        return UNKNOWN;
    }
}
