package io.flowlog.sink.http;

import io.flowlog.sink.http.InvalidSettingException.Setting;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * All rules for the endpoint. Messages show only the host and the port of a valid endpoint, because its path and its query
 * can be secret.
 */
final class Endpoint {
    private static final int HIGHEST_PORT = 65_535;

    private Endpoint() {}

    /** Parses a URL. The message of the exception does not show it, because it may contain a password. */
    static URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw invalid("is not a valid URL; check for spaces and line breaks");
        }
    }

    static URI check(URI uri, boolean allowHttpLoopback) {
        String authority = uri.getRawAuthority();
        if (authority != null && authority.contains("@")) {
            throw invalid("must not contain a user name or a password; send them as a header");
        }
        String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            throw invalid("must be a URL such as https://lake.example.com/logs, with a valid host name");
        }
        if (uri.getRawFragment() != null) {
            throw invalid("must not have a fragment (#)");
        }
        if (uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT || authority.endsWith(":")) {
            throw invalid("must have a port from 1 to " + HIGHEST_PORT + ", or no port and no colon");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean plain = scheme.equals("http");
        if (plain && isLoopback(host) && !allowHttpLoopback) {
            throw new InvalidSettingException(
                    Setting.ALLOW_HTTP_LOOPBACK,
                    "allowHttpLoopback",
                    "must be true for the endpoint http://" + shown(uri) + "; without it, only https:// is accepted");
        }
        if (plain && !isLoopback(host)) {
            throw invalid("must be an https:// URL; http:// is accepted for loopback addresses only"
                    + " (localhost, 127.0.0.0/8, [::1])");
        }
        if (!plain && !scheme.equals("https")) {
            throw invalid("must be an https:// URL");
        }
        return uri;
    }

    private static InvalidSettingException invalid(String problem) {
        return new InvalidSettingException(Setting.ENDPOINT, "endpoint", problem);
    }

    /** Decides by the spelling alone. A name is never resolved: what it resolves to can change. */
    private static boolean isLoopback(String host) {
        if (host.startsWith("[")) {
            try {
                // An address in brackets is parsed, not looked up.
                return InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException e) {
                return false;
            }
        }
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.\\d{1,3}){3}");
    }

    /** The host, and the port if the endpoint has one. */
    static String shown(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }
}
