package io.flowlog.sink.http;

import java.net.URI;
import java.util.Locale;

/** Where to POST, checked; what is shown of it is host and port only, because the rest can be a secret. */
final class Endpoint {
    private Endpoint() {}

    static URI check(URI uri, boolean httpLoopback) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getRawUserInfo() != null
                || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
            throw new IllegalArgumentException("the endpoint must not hold a user name or a password; use a header");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw new IllegalArgumentException("the endpoint must be like https://host/path, with a valid host name");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("the endpoint must not have a fragment (#...)");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535 || uri.getRawAuthority().endsWith(":")) {
            throw new IllegalArgumentException("the endpoint's port must be 1 to 65535");
        }
        if (scheme.equals("http") && !(httpLoopback && isLoopback(uri.getHost()))) {
            throw new IllegalArgumentException(
                    httpLoopback
                            ? "http:// is allowed for loopback addresses only (localhost, 127.0.0.1, [::1]);"
                                    + " use https:// for " + uri.getHost()
                            : "the endpoint must be https://; http:// is for loopback addresses, by a setting");
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("the endpoint must be https://");
        }
        return uri;
    }

    /** By its spelling, without asking a resolver. */
    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || host.equals("[0:0:0:0:0:0:0:1]")
                || host.matches("127\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    }

    static String shown(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }
}
