package io.flowlog.sink.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.flowlog.sink.http.DeliveryException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What one exchange means for its batch.
 *
 * @param rejected when acknowledged: how many of the records sent the lake did not count
 * @param delay when to be retried: the least time that the lake asks for
 */
record Verdict(Kind kind, @Nullable Failure failure, long rejected, Duration delay) {
    enum Kind {
        ACKNOWLEDGED,
        TOO_LARGE,
        UNAUTHORIZED,
        RETRY,
        FAIL
    }

    private static final Set<Integer> RETRIED = Set.of(408, 425, 429, 500, 502, 503, 504);
    /** How web pages begin, of the patterns in the WHATWG's "MIME Sniffing", section 7.1. */
    private static final Pattern WEB_PAGE = Pattern.compile(
            "\\uFEFF?\\s*<(!--|(!doctype html|html|head|body|script|title|meta|iframe|style|h1|p|div|a)[\\s>])",
            Pattern.CASE_INSENSITIVE);

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(CappedBody.MAX_BYTES)
                    .maxNestingDepth(100)
                    .build())
            .build();

    private static Verdict of(Kind kind, Failure failure) {
        return new Verdict(kind, failure, 0, Duration.ZERO);
    }

    /** The meaning of an answer to a request of so many records. */
    static Verdict of(Transport.Answer answer, int records, Instant now, String lake, Redactor redactor) {
        int status = answer.status();
        if (answer.header("content-length").stream().distinct().count() > 1) {
            return of(Kind.RETRY, new Failure(Reason.UNREACHABLE, lake + " answered with conflicting lengths"));
        }
        if (status >= 200 && status <= 299) {
            return accepted(answer, records, lake, redactor);
        }
        String text = lake + " answered " + status + sample(answer, redactor);
        if (status == 413) {
            return of(Kind.TOO_LARGE, new Failure(Reason.TOO_LARGE, text, status, null));
        }
        if (status == 401 || status == 403) {
            return of(Kind.UNAUTHORIZED, new Failure(Reason.AUTH, text, status, null));
        }
        if (RETRIED.contains(status)) {
            Duration delay = RetryAfter.longest(answer.header("retry-after"), now);
            return new Verdict(Kind.RETRY, new Failure(Reason.UNAVAILABLE, text, status, null), 0, delay);
        }
        if (status < 200) {
            // A final answer cannot be a 1xx: the client took an interim one, or an upgrade, for it.
            return of(Kind.RETRY, new Failure(Reason.UNREACHABLE, text, status, null));
        }
        return of(Kind.FAIL, new Failure(Reason.REFUSED, text + hint(status), status, null));
    }

    private static String hint(int status) {
        return switch (status) {
            case 300, 301, 302, 303, 304, 305, 307, 308 -> "; redirects are never followed: set the final endpoint";
            case 404, 405, 410 -> "; check the endpoint";
            default -> "";
        };
    }

    private static Verdict accepted(Transport.Answer answer, int records, String lake, Redactor redactor) {
        int status = answer.status();
        if (isWebPage(answer)) {
            String text = lake + " answered " + status + " with a web page, which no log lake does (a proxy?)";
            return of(Kind.FAIL, new Failure(Reason.REFUSED, text + sample(answer, redactor), status, null));
        }
        IOException broken = answer.broken();
        if (broken != null) {
            String text = lake + " answered " + status + ", but the answer did not end: " + describe(broken, redactor);
            return of(Kind.RETRY, new Failure(Reason.UNREACHABLE, text, status, cause(broken, redactor)));
        }
        return new Verdict(Kind.ACKNOWLEDGED, null, rejected(answer.body(), records), Duration.ZERO);
    }

    /** The meaning of an exchange that brought no answer. */
    static Verdict of(IOException thrown, String lake, Redactor redactor) {
        boolean certificate = find(thrown, CertificateException.class) != null
                || find(thrown, CertPathValidatorException.class) != null;
        String text = lake + ": " + describe(thrown, redactor);
        if (find(thrown, UnresolvedAddressException.class) != null) {
            text = lake + ": the host name cannot be resolved";
        } else if (find(thrown, ConnectException.class) != null) {
            text = lake + ": no connection: " + describe(thrown, redactor);
        } else if (certificate) {
            text = lake + ": its certificate is not accepted: " + describe(thrown, redactor);
        }
        boolean tls = certificate || find(thrown, SSLException.class) != null && !brokeOff(thrown);
        Reason reason = tls ? Reason.TLS : Reason.UNREACHABLE;
        return of(tls ? Kind.FAIL : Kind.RETRY, new Failure(reason, text, 0, cause(thrown, redactor)));
    }

    /** Whether the connection ended in the handshake, rather than the handshake's own rules. */
    private static boolean brokeOff(Throwable thrown) {
        if (find(thrown, EOFException.class) != null
                || find(thrown, SocketException.class) != null
                || find(thrown, ClosedChannelException.class) != null
                || find(thrown, HttpTimeoutException.class) != null) {
            return true;
        }
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            String text = String.valueOf(t.getMessage());
            if (text.contains("Connection reset") || text.contains("Broken pipe") || text.contains("terminated the")) {
                return true;
            }
        }
        return false;
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }

    private static @Nullable Throwable cause(Throwable thrown, Redactor redactor) {
        return redactor.isClean(thrown) ? thrown : null;
    }

    private static String describe(Throwable thrown, Redactor redactor) {
        String message = thrown.getMessage();
        Throwable cause = thrown.getCause();
        if (message == null && cause != null && cause != thrown) {
            return describe(cause, redactor);
        }
        String type = thrown.getClass().getSimpleName();
        return message == null ? type : redactor.shown(message) + " (" + type + ")";
    }

    private static String sample(Transport.Answer answer, Redactor redactor) {
        String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "" : ": " + redactor.shown(text);
    }

    private static boolean isWebPage(Transport.Answer answer) {
        List<String> types = answer.header("content-type");
        if (types.isEmpty()) {
            String start = new String(answer.body(), 0, Math.min(answer.body().length, 200), StandardCharsets.UTF_8);
            return WEB_PAGE.matcher(start).lookingAt();
        }
        return types.stream().map(type -> type.toLowerCase(Locale.ROOT)).anyMatch(type -> type.contains("html"));
    }

    /** How many records the lake did not count; 0 when its answer does not say. */
    private static long rejected(byte[] body, int records) {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return 0;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean docCount = "docCount".equals(json.currentName());
                JsonToken value = json.nextToken();
                if (docCount && value == JsonToken.VALUE_NUMBER_INT && json.getLongValue() >= 0) {
                    return Math.max(0, records - json.getLongValue());
                }
                json.skipChildren();
            }
        } catch (IOException e) {
            // Not the lake's usual answer: a 2xx counts as it is.
        }
        return 0;
    }
}
