package io.flowlog.parser;

/**
 * Whether a flow was encrypted, and by whom: the column {@code encryption-status}.
 *
 * <p>AWS may add numbers: a number that this version of the library does not know is {@link #UNKNOWN}, and is available as
 * {@code flow.get("encryption-status")}. Source: "Flow log records" in the Amazon VPC User Guide.
 */
public enum EncryptionStatus {
    /** Not encrypted. */
    NOT_ENCRYPTED(0, "not encrypted"),
    /** Encrypted by the Nitro system. */
    NITRO(1, "encrypted by the Nitro system"),
    /** Encrypted by the application. */
    APPLICATION(2, "encrypted by the application"),
    /** Encrypted by the Nitro system and by the application. */
    NITRO_AND_APPLICATION(3, "encrypted by the Nitro system and by the application"),
    /** A number that this version of the library does not know. */
    UNKNOWN(-1, "unknown");

    private static final EncryptionStatus[] ALL = values();

    private final int code;
    private final String description;

    EncryptionStatus(int code, String description) {
        this.code = code;
        this.description = description;
    }

    /**
     * Returns the number that AWS writes.
     *
     * @return 0 to 3; -1 for {@link #UNKNOWN}
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
    public static EncryptionStatus of(long code) {
        for (EncryptionStatus constant : ALL) {
            if (constant.code == code) {
                return constant;
            }
        }
        return UNKNOWN;
    }
}
