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
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Decides what an answer of the lake means.
 *
 * @param lake the lake's host and port, for messages
 * @param redactor removes secrets from the parts of an answer that are shown
 * @param target the kind of the lake
 * @param endpointHint what is unusual about the endpoint; empty if nothing
 */
record AnswerRules(String lake, Redactor redactor, Lake target, String endpointHint) {
    private static final Set<Integer> RETRIED = Set.of(408, 425, 429, 500, 502, 503, 504);
    /** How web pages begin, from the patterns in the WHATWG's "MIME Sniffing", section 7.1. */
    private static final Pattern WEB_PAGE = Pattern.compile(
            "\\uFEFF?\\s*<(!--|(!doctype html|html|head|body|script|title|meta|iframe|style|h1|p|div|a)[\\s>])",
            Pattern.CASE_INSENSITIVE);

    private static final int BYTES_SNIFFED = 200;
    private static final int SPLUNK_SUCCESS = 0;
    private static final int SPLUNK_BUSY = 9;

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
        return new Verdict.Fail(new Failure(Reason.REFUSED, text + hint(status) + endpointHint, status, null));
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
        return switch (target) {
            case DASSANA -> new Verdict.Accepted(rejected(answer.body(), records));
            case NDJSON, DATADOG -> new Verdict.Accepted(0);
            case SPLUNK_HEC -> splunk(answer);
            case ELASTICSEARCH -> bulk(answer, records);
        };
    }

    /** Splunk's documentation, "HTTP Event Collector REST API endpoints": 0 is success, and 9 means that it is busy. */
    private Verdict splunk(Transport.Answer answer) {
        long code = number(answer.body(), "code");
        String text = lake + " answered " + answer.status() + sample(answer);
        if (code == SPLUNK_SUCCESS) {
            return new Verdict.Accepted(0);
        }
        if (code == SPLUNK_BUSY) {
            return retry(new Failure(Reason.UNAVAILABLE, text, answer.status(), null), Duration.ZERO);
        }
        String why = text + ", without the code 0 of an event collector" + endpointHint;
        return new Verdict.Fail(new Failure(Reason.REFUSED, why, answer.status(), null));
    }

    private Verdict bulk(Transport.Answer answer, int records) {
        String text = lake + " answered " + answer.status();
        BulkAnswer bulk = BulkAnswer.read(answer.body(), records);
        if (bulk == null || bulk.statuses().length != records) {
            String why = text + (bulk == null ? "" : " for " + bulk.statuses().length + " of " + records + " records")
                    + ", which is not the answer of a bulk request" + sample(answer) + endpointHint;
            return new Verdict.Fail(new Failure(Reason.REFUSED, why, answer.status(), null));
        }
        BitSet again = new BitSet();
        Map<Integer, String> rejected = new TreeMap<>();
        int aboutTheIndex = 0;
        String firstReason = "";
        for (int record = 0; record < records; record++) {
            int status = bulk.statuses()[record];
            if (BulkAnswer.isStored(status)) {
                continue;
            }
            String reason = redactor.shown(status + " " + bulk.reasons().getOrDefault(record, "without a reason"));
            if (BulkAnswer.isTemporary(status)) {
                again.set(record);
                firstReason = firstReason.isEmpty() ? reason : firstReason;
            } else {
                rejected.put(record, reason);
                aboutTheIndex += BulkAnswer.isAboutTheIndex(status) ? 1 : 0;
            }
        }
        if (aboutTheIndex == records) {
            // Nothing is wrong with the records: they can be sent again when the index is repaired.
            String why = text + " and refused every record: " + rejected.get(0);
            return new Verdict.Fail(new Failure(Reason.REFUSED, why, answer.status(), null));
        }
        String why = text + " but did not store " + again.cardinality() + " of " + records + " records: " + firstReason;
        return new Verdict.Items(
                again, rejected, new Failure(Reason.UNAVAILABLE, why, answer.status(), null), Duration.ZERO);
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
        long counted = number(body, "docCount");
        return counted < 0 ? 0 : Math.max(0, records - counted);
    }

    /** The value of a member that is a number; -1 if there is none. */
    private static long number(byte[] body, String name) {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return -1;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = name.equals(json.currentName());
                JsonToken value = json.nextToken();
                if (found && value == JsonToken.VALUE_NUMBER_INT && json.getLongValue() >= 0) {
                    return json.getLongValue();
                }
                json.skipChildren();
            }
        } catch (IOException e) {
            // Any 2xx is an acknowledgement, whatever its body is.
        }
        return -1;
    }
}
