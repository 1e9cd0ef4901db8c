package io.flowlog.parser;

/**
 * Whether the traffic was let through: the column {@code action}.
 *
 * <p>An open set: a word that this version of the library does not know is {@link #UNKNOWN}, and its text stays readable as
 * {@code flow.get("action")}. Source: "Flow log records" in the Amazon VPC User Guide.
 */
public enum Action {
    /** The traffic was accepted. */
    ACCEPT("ACCEPT"),
    /** The traffic was rejected: by a security group or a network ACL, or because it came after its connection was closed. */
    REJECT("REJECT"),
    /** A word that this version of the library does not know. */
    UNKNOWN("UNKNOWN");

    private static final Words<Action> WORDS = new Words<>(values(), Action::text, UNKNOWN);

    private final String text;

    Action(String text) {
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
    public static Action of(String text) {
        return WORDS.of(text);
    }
}
