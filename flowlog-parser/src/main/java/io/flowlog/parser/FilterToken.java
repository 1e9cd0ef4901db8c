package io.flowlog.parser;

import java.util.Locale;

/**
 * A word, a text in quotes, a sign, or the end of a filter.
 *
 * @param text the word, the text without its quotes, or the sign
 * @param position where it begins, from 1
 */
record FilterToken(Kind kind, String text, int position) {
    enum Kind {
        WORD,
        QUOTED,
        SIGN,
        END
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isKeyword(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isAnyKeyword() {
        return kind == Kind.WORD
                && switch (text.toLowerCase(Locale.ROOT)) {
                    case "and", "or", "not", "in", "is", "absent", "like" -> true;
                    default -> false;
                };
    }

    boolean isValue() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    FlowLogFilter.InvalidFilterException expected(String what) {
        String found = kind == Kind.END ? "the end of the filter" : Text.quoted(text);
        return new FlowLogFilter.InvalidFilterException(position, "expected " + what + ", found " + found);
    }
}
