package io.flowlog.sink.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.flowlog.sink.http.DeliveryException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides what an answer of the lake means.
 *
 * @param lake the lake's host and port, for messages
 * @param redactor removes secrets from the parts of an answer that are shown
 */
record AnswerRules(String lake, Redactor redactor) {
    private static final Set<Integer> RETRIED = Set.of(408, 425, 429, 500, 502, 503, 504);
    /** How web pages begin, from the patterns in the WHATWG's "MIME Sniffing", section 7.1. */
    private static final Pattern WEB_PAGE = Pattern.compile(
            "\\uFEFF?\\s*<(!--|(!doctype html|html|head|body|script|title|meta|iframe|style|h1|p|div|a)[\\s>])",
            Pattern.CASE_INSENSITIVE);

    private static final int BYTES_SNIFFED = 200;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(CappedBody.MAX_BYTES)
                    .maxNestingDepth(100)
                    .build())
            .build();

    /** The meaning of an answer to a request with so many records. */
    Verdict verdict(Transport.Answer answer, int records, Instant now) {
        int status = answer.status();
        if (answer.header("content-length").stream().distinct().count() > 1) {
            return retry(new Failure(Reason.UNREACHABLE, lake + " answered with conflicting lengths"), Duration.ZERO);
        }
        if (status >= 200 && status <= 299) {
            return accepted(answer, records);
        }
        String text = lake + " answered " + status + sample(answer);
        if (status == 413) {
            return new Verdict.TooLarge(new Failure(Reason.TOO_LARGE, text, status, null));
        }
        if (status == 401 || status == 403) {
            return new Verdict.Unauthorized(new Failure(Reason.AUTH, text, status, null));
        }
        if (RETRIED.contains(status)) {
            Duration delay = RetryAfter.longest(answer.header("retry-after"), now);
            return retry(new Failure(Reason.UNAVAILABLE, text, status, null), delay);
        }
        if (status < 200) {
            // A final answer cannot be a 1xx: the client mistook an interim answer or an upgrade for it.
            return retry(new Failure(Reason.UNREACHABLE, text, status, null), Duration.ZERO);
        }
        return new Verdict.Fail(new Failure(Reason.REFUSED, text + hint(status), status, null));
    }

    private static Verdict retry(Failure failure, Duration delay) {
        return new Verdict.Retry(failure, delay, false);
    }

    private static String hint(int status) {
        return switch (status) {
            case 300, 301, 302, 303, 304, 305, 307, 308 -> "; redirects are never followed: set the final endpoint";
            case 404, 405, 410 -> "; check the endpoint";
            default -> "";
        };
    }

    private Verdict accepted(Transport.Answer answer, int records) {
        int status = answer.status();
        if (isWebPage(answer)) {
            String text = lake + " answered " + status + " with a web page, which is not a log lake's answer"
                    + " (is there a proxy?)" + sample(answer);
            return new Verdict.Fail(new Failure(Reason.REFUSED, text, status, null));
        }
        IOException broken = answer.broken();
        if (broken != null) {
            String text =
                    lake + " answered " + status + ", but the answer is incomplete: " + redactor.described(broken);
            return retry(
                    new Failure(Reason.UNREACHABLE, text, status, redactor.isClean(broken) ? broken : null),
                    Duration.ZERO);
        }
        return new Verdict.Accepted(rejected(answer.body(), records));
    }

    private String sample(Transport.Answer answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "" : ": " + redactor.shown(text);
    }

    private static boolean isWebPage(Transport.Answer answer) {
        List<String> types = answer.header("content-type");
        if (types.isEmpty()) {
            int sniffed = Math.min(answer.body().length, BYTES_SNIFFED);
            String start = new String(answer.body(), 0, sniffed, StandardCharsets.UTF_8);
            return WEB_PAGE.matcher(start).lookingAt();
        }
        return types.stream().map(type -> type.toLowerCase(Locale.ROOT)).anyMatch(type -> type.contains("html"));
    }

    /** How many records the lake did not count; 0 if its answer has no usable {@code docCount}. */
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
            // Any 2xx is an acknowledgement, whatever its body is.
        }
        return 0;
    }
}
