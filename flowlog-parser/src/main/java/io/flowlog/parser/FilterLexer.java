package io.flowlog.parser;

import io.flowlog.parser.FilterToken.Kind;
import io.flowlog.parser.FlowLogFilter.InvalidFilterException;

/** Splits a filter into tokens. */
final class FilterLexer {
    private final String text;
    private int at;

    FilterLexer(String text) {
        this.text = text;
        checkLength();
    }

    /** Counts the bytes of UTF-8 without encoding a text that may be far too long. */
    private void checkLength() {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(c) && !pair) {
                throw new InvalidFilterException(i + 1, "expected Unicode text, found half a surrogate pair");
            }
            bytes += pair ? 4 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            if (bytes > FlowLogFilter.MAX_LENGTH) {
                throw new InvalidFilterException(
                        i + 1,
                        "expected a filter of at most " + FlowLogFilter.MAX_LENGTH + " bytes, found a longer one");
            }
            i += pair ? 1 : 0;
        }
    }

    FilterToken next() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        int start = at;
        if (at == text.length()) {
            return new FilterToken(Kind.END, "", start + 1);
        }
        char c = text.charAt(at);
        if (isWord(c)) {
            while (at < text.length() && isWord(text.charAt(at))) {
                at++;
            }
            return new FilterToken(Kind.WORD, text.substring(start, at), start + 1);
        }
        if (c == '\'') {
            return quoted();
        }
        return sign(c);
    }

    private FilterToken quoted() {
        int start = at;
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\'') {
                at++;
                if (at == text.length() || text.charAt(at) != '\'') {
                    return new FilterToken(Kind.QUOTED, value.toString(), start + 1);
                }
            }
            value.append(c);
        }
        throw new InvalidFilterException(start + 1, "expected a closing single quote, found the end of the filter");
    }

    private FilterToken sign(char c) {
        int start = at;
        boolean beforeEquals = at + 1 < text.length() && text.charAt(at + 1) == '=';
        int length = switch (c) {
            case '(', ')', ',', '=' -> 1;
            case '<', '>' -> beforeEquals ? 2 : 1;
            case '!' -> beforeEquals ? 2 : 0;
            default -> 0;
        };
        if (length == 0) {
            throw new InvalidFilterException(
                    start + 1,
                    "expected a word, a text in single quotes, an operator or a parenthesis, found "
                            + Text.quoted(text.substring(start, text.offsetByCodePoints(start, 1))) + hint(c));
        }
        at += length;
        return new FilterToken(Kind.SIGN, text.substring(start, at), start + 1);
    }

    /** What people write who know another language. */
    private static String hint(char c) {
        return switch (c) {
            case '"', '`' -> "; put text in single quotes";
            case '!' -> "; write != or not";
            case '&' -> "; write and";
            case '|' -> "; write or";
            case '~', '%' -> "; write like, with * for any text";
            default -> "";
        };
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /** The asterisk belongs to words because patterns may be words. */
    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "._:/@-*".indexOf(c) >= 0;
    }
}
