package io.flowlog.lambda;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a token must look like to go into a header, told without showing any of it. */
final class TokenRules {
    /** Lakes and proxies refuse header lines beyond 8 KiB, and a real token is far shorter. */
    static final int MAX_CHARS = 4096;

    private static final Set<String> PLACEHOLDERS = Set.of(
            "changeme",
            "change-me",
            "change_me",
            "replaceme",
            "replace-me",
            "replace_me",
            "placeholder",
            "token",
            "your-token",
            "your_token",
            "yourtoken",
            "secret",
            "todo",
            "tbd",
            "none",
            "null",
            "undefined",
            "example",
            "xxx",
            "...");

    /** What is wrong with a token that has been trimmed, or empty. */
    static Optional<String> problem(String token) {
        if (token.isEmpty()) {
            return Optional.of("is blank");
        }
        if (token.length() > MAX_CHARS) {
            return Optional.of("is longer than " + MAX_CHARS + " characters");
        }
        if (!token.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            return Optional.of("has a line break or another character that a header cannot carry");
        }
        String lower = token.toLowerCase(Locale.ROOT);
        boolean bracketed = lower.startsWith("<") && lower.endsWith(">");
        if (bracketed || lower.startsWith("${") || lower.startsWith("{{") || PLACEHOLDERS.contains(lower)) {
            return Optional.of("is a placeholder");
        }
        return Optional.empty();
    }

    private TokenRules() {}
}
