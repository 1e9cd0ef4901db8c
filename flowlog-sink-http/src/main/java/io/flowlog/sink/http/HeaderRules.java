package io.flowlog.sink.http;

import io.flowlog.sink.http.InvalidSettingException.Setting;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All rules for the names and values of headers. */
final class HeaderRules {
    /** {@link HttpSink#LONGEST_HEADER_VALUE}. */
    static final int LONGEST_VALUE = 4096;

    private static final int LONGEST_NAME = 128;

    /** Headers that the sink or the HTTP client sets, in lower case. */
    private static final Set<String> RESERVED = Set.of(
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "idempotency-key",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private HeaderRules() {}

    /** Accepts a token of RFC 9110, section 5.6.2, that is not reserved. */
    static String checkName(String name) {
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1," + LONGEST_NAME + "}")) {
            throw invalidName(name, "is not the name of an HTTP header");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw invalidName(name, "is a header that the sink sets itself");
        }
        return name;
    }

    static InvalidSettingException invalidName(String name, String problem) {
        return new InvalidSettingException(Setting.HEADER_NAME, "header name '" + OneLine.of(name, 100) + "'", problem);
    }

    /** Trims a value and rejects what cannot be one, without showing it. */
    static String checkValue(String name, @Nullable String value) {
        String trimmed = value == null ? "" : value.strip();
        if (trimmed.isEmpty()) {
            throw invalidValue(name, "is blank");
        }
        if (trimmed.length() > LONGEST_VALUE) {
            throw invalidValue(name, "is longer than " + LONGEST_VALUE + " characters");
        }
        if (!trimmed.chars().allMatch(c -> c >= ' ' && c <= '~' || c == '\t')) {
            throw invalidValue(name, "contains a line break, a control character or a character outside ASCII");
        }
        return trimmed;
    }

    private static InvalidSettingException invalidValue(String name, String problem) {
        return new InvalidSettingException(Setting.HEADER_VALUE, "the value of header " + name, problem);
    }
}
