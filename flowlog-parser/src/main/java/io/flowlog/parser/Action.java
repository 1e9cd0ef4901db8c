package io.flowlog.parser;

/**
 * Whether the traffic was accepted: the column {@code action}.
 *
 * <p>AWS may add words: a word that this version of the library does not know is {@link #UNKNOWN}, and its text is
 * available as {@code flow.get("action")}. Source: "Flow log records" in the Amazon VPC User Guide.
 */
public enum Action {
    /** The traffic was accepted. */
    ACCEPT("ACCEPT"),
    /** The traffic was rejected, by a security group or a network ACL, or because it arrived after the connection was closed. */
    REJECT("REJECT"),
    /** A word that this version of the library does not know. */
    UNKNOWN("UNKNOWN");

    private static final Words<Action> WORDS = new Words<>(values(), Action::text, UNKNOWN);

    private final String text;

    Action(String text) {
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
    public static Action of(String text) {
        return WORDS.of(text);
    }
}
