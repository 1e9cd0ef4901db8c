package io.flowlog.cli.shared;

import io.flowlog.sink.http.HttpSink;
import io.flowlog.sink.http.InvalidSettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * The endpoint of the lake that the user named.
 *
 * @param uri where to POST
 */
public record LakeAddress(URI uri) {
    private static final int CONNECT_MILLIS = 5000;

    /**
     * Checks an address by the rules of the sink. {@code http://} is accepted for this machine only.
     *
     * @param option the option that has the address, for messages
     * @param text what the user wrote
     * @return the address
     * @throws UserError if it is not accepted; the message does not show an address that can contain a password
     */
    public static LakeAddress parse(String option, String text) throws UserError {
        String stripped = text.strip();
        try {
            HttpSink.builder(stripped).allowHttpLoopback(true).checkEndpoint();
        } catch (InvalidSettingException e) {
            // The part before an @ can be a password.
            String found = text.contains("@") ? "" : ", found " + text;
            throw new UserError(ExitCode.USAGE, option + " " + e.problem() + found);
        }
        return new LakeAddress(URI.create(stripped));
    }

    /**
     * An endpoint in a form that can be shown. The query is left out, because it can be a secret.
     *
     * @param endpoint any endpoint
     * @return the endpoint with {@code ...} for its query
     */
    public static String shown(URI endpoint) {
        String whole = endpoint.toString();
        int query = whole.indexOf('?');
        return query < 0 ? whole : whole.substring(0, query) + "?...";
    }

    /** Whether it is {@code http://}. */
    public boolean isPlainHttp() {
        return "http".equalsIgnoreCase(uri.getScheme());
    }

    /**
     * Connects once, so that a lake that cannot be reached is reported at once and not after many attempts.
     *
     * @throws UserError if the connection fails
     */
    public void probe() throws UserError {
        int port = uri.getPort() > 0 ? uri.getPort() : isPlainHttp() ? 80 : 443;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(uri.getHost()), port), CONNECT_MILLIS);
        } catch (UnknownHostException e) {
            throw unreachable("unknown host");
        } catch (SocketTimeoutException e) {
            throw unreachable("no answer within " + CONNECT_MILLIS / 1000 + " seconds");
        } catch (IOException e) {
            throw unreachable(Errors.sentence(e));
        }
    }

    private UserError unreachable(String why) {
        return new UserError(ExitCode.NOT_DELIVERED, "the lake at " + shown(uri) + " cannot be reached: " + why);
    }
}
