package io.flowlog.sink.http;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The kinds of lakes that a sink can send to. A kind determines what surrounds the records in a body, the limits of a
 * batch, and how an answer is read. Retries, ids, deadlines and accounts are the same for all. {@code docs/lakes.md}
 * describes each kind.
 */
public enum Lake {
    /** JSON lines. An answer can have a {@code docCount}. */
    DASSANA("dassana", "x-dassana-token", "", "application/x-ndjson", RecordFrame.Kind.LINES, 1, ""),

    /** JSON lines. Any 2xx is an acknowledgement. */
    NDJSON("ndjson", "Authorization", "Bearer", "application/x-ndjson", RecordFrame.Kind.LINES, 1, ""),

    /**
     * The bulk API of Elasticsearch and OpenSearch. Each record is created under its record id, so a lake that has it
     * already answers 409, which is an acknowledgement. Answers are read item by item.
     */
    ELASTICSEARCH(
            "elasticsearch", "Authorization", "ApiKey", "application/x-ndjson", RecordFrame.Kind.BULK, 2, "/_bulk"),

    /** Splunk's HTTP Event Collector: an event for each record. */
    SPLUNK_HEC(
            "splunk-hec",
            "Authorization",
            "Splunk",
            "application/json",
            RecordFrame.Kind.SPLUNK,
            1,
            "/services/collector/event"),

    /** Datadog's logs API: a JSON array. */
    DATADOG("datadog", "DD-API-KEY", "", "application/json", RecordFrame.Kind.DATADOG, 1, "/api/v2/logs");

    private static final int MOST_BULK_RECORDS = 10_000;
    private static final int MOST_DATADOG_RECORDS = 1000;
    private static final long MOST_DATADOG_BYTES = 5_000_000;
    private static final long MOST_DATADOG_RECORD_BYTES = 1_000_000;
    private static final int LONGEST_BULK_ANSWER = 32 * 1024 * 1024;

    private final String label;
    private final String tokenHeader;
    private final String tokenScheme;
    private final String contentType;
    private final RecordFrame.Kind frame;
    private final int linesPerRecord;
    private final String path;

    Lake(
            String label,
            String tokenHeader,
            String tokenScheme,
            String contentType,
            RecordFrame.Kind frame,
            int linesPerRecord,
            String path) {
        this.label = label;
        this.tokenHeader = tokenHeader;
        this.tokenScheme = tokenScheme;
        this.contentType = contentType;
        this.frame = frame;
        this.linesPerRecord = linesPerRecord;
        this.path = path;
    }

    /**
     * Finds a kind by the name that settings use.
     *
     * @param label {@code dassana}, {@code ndjson}, {@code elasticsearch}, {@code splunk-hec} or {@code datadog}
     * @return the kind, or empty for any other text
     */
    public static Optional<Lake> of(String label) {
        return Arrays.stream(values()).filter(lake -> lake.label.equals(label)).findFirst();
    }

    /**
     * The name that settings use.
     *
     * @return for example {@code splunk-hec}
     */
    public String label() {
        return label;
    }

    /**
     * The header in which the lake expects the token. The sink does not add it: give it to {@link
     * HttpSink.Builder#header(String, String)} with {@link #tokenValue}.
     *
     * @return the name of a header
     */
    public String tokenHeader() {
        return tokenHeader;
    }

    /**
     * The header in which the lake expects the id of the application that sends. The sink does not add it.
     *
     * @return the name of a header, or empty if the lake does not expect such an id
     */
    public Optional<String> appIdHeader() {
        return this == DASSANA ? Optional.of("x-dassana-app-id") : Optional.empty();
    }

    /**
     * The word before the token in its header.
     *
     * @return for example {@code Bearer}; empty if the token stands alone
     */
    public String tokenScheme() {
        return tokenScheme;
    }

    /**
     * The value of {@link #tokenHeader} for a token.
     *
     * @param token the token
     * @return the scheme, a space and the token; or the token
     */
    public String tokenValue(String token) {
        return tokenScheme.isEmpty() ? token : tokenScheme + " " + token;
    }

    /** The name that settings use. */
    @Override
    public String toString() {
        return label;
    }

    String contentType() {
        return contentType;
    }

    RecordFrame.Kind frame() {
        return frame;
    }

    /** How many line ends a record has in a body. */
    int linesPerRecord() {
        return linesPerRecord;
    }

    /** Whether a body is a JSON array: it begins with {@code [}, records begin with a comma, and {@code ]} ends it. */
    boolean isArray() {
        return this == DATADOG;
    }

    int maxRecords() {
        return switch (this) {
            case ELASTICSEARCH -> MOST_BULK_RECORDS;
            case DATADOG -> MOST_DATADOG_RECORDS;
            default -> Integer.MAX_VALUE;
        };
    }

    long maxBytes() {
        return this == DATADOG ? MOST_DATADOG_BYTES : Long.MAX_VALUE;
    }

    /** The lake accepts a longer record, but does not keep all of it. The body of such a record alone is longer, too. */
    long maxRecordBytes() {
        return this == DATADOG ? MOST_DATADOG_RECORD_BYTES : Long.MAX_VALUE;
    }

    /** The answer of a bulk request has an item for each record. */
    int maxAnswerBytes() {
        return this == ELASTICSEARCH ? LONGEST_BULK_ANSWER : CappedBody.MAX_BYTES;
    }

    /** The members that this kind adds to a record. */
    Set<String> members() {
        return switch (this) {
            case ELASTICSEARCH -> Set.of("@timestamp");
            case DATADOG -> Set.of("ddsource", "ddtags", "timestamp");
            default -> Set.of();
        };
    }

    /** What to check if the lake refuses a request to this path; empty if the path is as usual. */
    String hint(String endpointPath) {
        return path.isEmpty() || endpointPath.endsWith(path) ? "" : "; the endpoint should end in " + path;
    }
}
