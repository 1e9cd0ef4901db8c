package io.flowlog.cli.local;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;

/** The lake that the user named. */
record LakeAddress(URI uri) {
    private static final int CONNECT_MILLIS = 5000;
    private static final int LARGEST_PORT = 65535;

    static LakeAddress parse(String text) throws UserError {
        // What stands before an @ is a secret.
        String found = text.contains("@") ? "" : ": " + text;
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new UserError(ExitCode.USAGE, "--lake is not a URL" + found);
        }
        if (uri.getRawUserInfo() != null) {
            throw new UserError(
                    ExitCode.USAGE,
                    "--lake must not hold a user name or a password; the token has an option of its own");
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        if (uri.getHost() == null || !(http || "https".equalsIgnoreCase(uri.getScheme()))) {
            throw new UserError(ExitCode.USAGE, "--lake is not a URL such as https://lake.example.com/logs" + found);
        }
        if (uri.getPort() == 0 || uri.getPort() > LARGEST_PORT) {
            throw new UserError(ExitCode.USAGE, "--lake has a port that is not 1 to " + LARGEST_PORT + found);
        }
        if (uri.getRawFragment() != null) {
            throw new UserError(ExitCode.USAGE, "--lake must not have a fragment (#)" + found);
        }
        LakeAddress lake = new LakeAddress(uri);
        if (http && !lake.isLoopback()) {
            throw new UserError(
                    ExitCode.USAGE, "--lake has to be https; http is only for a lake on this machine" + found);
        }
        return lake;
    }

    /** An endpoint as it may be shown: a query can hold a secret. */
    static String shown(URI endpoint) {
        String whole = endpoint.toString();
        int query = whole.indexOf('?');
        return query < 0 ? whole : whole.substring(0, query) + "?...";
    }

    boolean isPlainHttp() {
        return "http".equalsIgnoreCase(uri.getScheme());
    }

    private boolean isLoopback() {
        String host = uri.getHost();
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]");
    }

    /** Connects once, to tell at once what would otherwise be tried many times. */
    void probe() throws UserError {
        int port = uri.getPort() > 0 ? uri.getPort() : isPlainHttp() ? 80 : 443;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(uri.getHost()), port), CONNECT_MILLIS);
        } catch (UnknownHostException e) {
            throw unreachable("there is no host of that name");
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
