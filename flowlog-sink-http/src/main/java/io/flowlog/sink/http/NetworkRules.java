package io.flowlog.sink.http;

import io.flowlog.sink.http.DeliveryException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * Decides what an exchange without an answer means.
 *
 * @param lake the lake's host and port, for messages
 * @param redactor removes secrets from exceptions
 */
record NetworkRules(String lake, Redactor redactor) {

    Verdict verdict(IOException thrown) {
        boolean certificate = has(thrown, CertificateException.class) || has(thrown, CertPathValidatorException.class);
        boolean tls = certificate || has(thrown, SSLException.class);
        boolean uploadBroken = thrown instanceof Transport.BrokenUploadException && !tls;
        Throwable seen = thrown instanceof Transport.BrokenUploadException broken ? broken.exchange() : thrown;
        String what = redactor.described(seen);
        String text = lake + ": " + what;
        if (has(thrown, UnresolvedAddressException.class)) {
            text = lake + ": the host name cannot be resolved";
        } else if (has(thrown, ConnectException.class)) {
            text = lake + ": no connection: " + what;
        } else if (certificate) {
            text = lake + ": its certificate is not accepted: " + what;
        } else if (uploadBroken) {
            text = lake + ": the connection ended while the body was being sent: " + what;
        }
        Throwable cause = redactor.isClean(thrown) ? thrown : null;
        if (certificate || tls && !brokeOff(thrown)) {
            return new Verdict.Fail(new Failure(Reason.TLS, text, 0, cause));
        }
        return new Verdict.Retry(new Failure(Reason.UNREACHABLE, text, 0, cause), Duration.ZERO, uploadBroken);
    }

    /** Whether the connection ended during the handshake, in contrast to a handshake that was rejected. */
    private static boolean brokeOff(Throwable thrown) {
        if (has(thrown, EOFException.class)
                || has(thrown, SocketException.class)
                || has(thrown, ClosedChannelException.class)
                || has(thrown, HttpTimeoutException.class)) {
            return true;
        }
        // The JDK has no exception types for these.
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            String text = String.valueOf(t.getMessage());
            if (text.contains("Connection reset") || text.contains("Broken pipe") || text.contains("terminated the")) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }
}
