package io.flowlog.lambda;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The rules for a token, in addition to those of the sink for every header. The problems never show the token. */
final class TokenRules {
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

    /** The problem of a token without white space around it, or empty. */
    static Optional<String> problem(String token) {
        if (token.isEmpty()) {
            return Optional.of("is blank");
        }
        if (token.indexOf('\t') >= 0) {
            return Optional.of("contains a tab");
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
