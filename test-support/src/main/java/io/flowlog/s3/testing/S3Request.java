package io.flowlog.s3.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as the stub got it: its first line as it was on the wire, and its headers by lower-case name. */
public record S3Request(String requestLine, Map<String, String> headers) {
    /** A header's value, or null. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** Path and query as they were on the wire. */
    public String target() {
        return requestLine.split(" ")[1];
    }

    /** {@code bucket/key}, decoded. */
    public String path() {
        String path = target().split("\\?", 2)[0].substring(1);
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** A query parameter's value, decoded, or null. */
    public @Nullable String query(String name) {
        String[] parts = target().split("\\?", 2);
        for (String pair : parts.length < 2 ? new String[0] : parts[1].split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /** The first byte that is asked for. */
    int from() {
        String range = header("range");
        return range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.indexOf('-')));
    }

    /** The byte after the last one that is asked for, of an object of this size. */
    int to(int size) {
        String range = header("range");
        String last = range == null ? "" : range.substring(range.indexOf('-') + 1);
        return last.isEmpty() ? size : Math.min(size, Integer.parseInt(last) + 1);
    }
}
