package io.flowlog.lambda;

import io.flowlog.parser.FlowLogFilter;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.s3.S3ObjectStream;
import io.flowlog.sink.http.Compression;
import io.flowlog.sink.http.HttpSink;
import io.flowlog.sink.http.Lake;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The checked settings of the function. {@code docs/configuration.md} describes their names, defaults and meanings.
 *
 * @param endpoint the URL of the lake
 * @param appId the value of the app id header
 * @param token the token if it is in the environment; else there is {@code secretArn}, or no token at all
 * @param secretArn the secret that holds the token
 * @param batchBytes bytes of JSON in a request
 * @param tokenHeader the name of the header with the token
 * @param appIdHeader the name of the header with the app id
 * @param maxInFlight requests in flight
 * @param maxMalformedRatio an object with a larger share of malformed lines fails; 0 to 1
 * @param maxObjectBytes an object with more decompressed bytes fails
 * @param recordIdField the JSON member with the id of the record
 * @param bucketOwner the account that must own the bucket
 * @param allowHttpLoopback whether plain HTTP to this machine is accepted
 * @param region the region of the S3 client, if the environment has one
 * @param s3Endpoint another address of S3, to run locally
 * @param secretsEndpoint another address of Secrets Manager, to run locally
 * @param lake the kind of the lake
 * @param tokenScheme the word before the token in its header; empty for none
 * @param filter the records to send; all if missing
 * @param sampleRate one in so many of the records to sample is sent
 * @param sampleWhere the records to sample; all if missing
 * @param compression how the bodies are compressed
 * @param omitAbsent whether absent columns are left out of the JSON
 * @param format the columns of lines that come without a header
 */
record Settings(
        URI endpoint,
        String appId,
        Optional<String> token,
        Optional<String> secretArn,
        long batchBytes,
        String tokenHeader,
        String appIdHeader,
        int maxInFlight,
        double maxMalformedRatio,
        long maxObjectBytes,
        Optional<String> recordIdField,
        Optional<String> bucketOwner,
        boolean allowHttpLoopback,
        Optional<String> region,
        Optional<URI> s3Endpoint,
        Optional<URI> secretsEndpoint,
        Lake lake,
        String tokenScheme,
        Optional<FlowLogFilter> filter,
        int sampleRate,
        Optional<FlowLogFilter> sampleWhere,
        Compression compression,
        boolean omitAbsent,
        Optional<FlowLogFormat> format) {

    static final String ENDPOINT = "DASSANA_ENDPOINT";
    static final String APP_ID = "DASSANA_APP_ID";
    static final String TOKEN = "DASSANA_TOKEN";
    static final String SECRET_ARN = "DASSANA_TOKEN_SECRET_ARN";
    static final String BATCH_SIZE = "DASSANA_BATCH_SIZE";
    static final String TOKEN_HEADER = "FLOWLOG_TOKEN_HEADER";
    static final String APP_ID_HEADER = "FLOWLOG_APP_ID_HEADER";
    static final String MAX_IN_FLIGHT = "FLOWLOG_MAX_IN_FLIGHT";
    static final String MAX_MALFORMED_RATIO = "FLOWLOG_MAX_MALFORMED_RATIO";
    static final String MAX_OBJECT_BYTES = "FLOWLOG_MAX_OBJECT_BYTES";
    static final String RECORD_ID_FIELD = "FLOWLOG_RECORD_ID_FIELD";
    static final String BUCKET_OWNER = "FLOWLOG_BUCKET_OWNER";
    static final String ALLOW_HTTP_LOOPBACK = "FLOWLOG_ALLOW_HTTP_LOOPBACK";
    static final String S3_ENDPOINT = "AWS_ENDPOINT_URL_S3";
    static final String SECRETS_ENDPOINT = "AWS_ENDPOINT_URL_SECRETS_MANAGER";

    static final String LAKE = "FLOWLOG_LAKE";
    static final String TOKEN_SCHEME = "FLOWLOG_TOKEN_SCHEME";
    static final String FILTER = "FLOWLOG_FILTER";
    static final String SAMPLE_RATE = "FLOWLOG_SAMPLE_RATE";
    static final String SAMPLE_WHERE = "FLOWLOG_SAMPLE_WHERE";
    static final String COMPRESSION = "FLOWLOG_COMPRESSION";
    static final String OMIT_ABSENT = "FLOWLOG_OMIT_ABSENT";
    static final String FORMAT = "FLOWLOG_FORMAT";

    /** All names with the prefixes of this project. */
    static final Set<String> NAMES = Set.of(
            ENDPOINT,
            APP_ID,
            TOKEN,
            SECRET_ARN,
            BATCH_SIZE,
            TOKEN_HEADER,
            APP_ID_HEADER,
            MAX_IN_FLIGHT,
            MAX_MALFORMED_RATIO,
            MAX_OBJECT_BYTES,
            RECORD_ID_FIELD,
            BUCKET_OWNER,
            ALLOW_HTTP_LOOPBACK,
            LAKE,
            TOKEN_SCHEME,
            FILTER,
            SAMPLE_RATE,
            SAMPLE_WHERE,
            COMPRESSION,
            OMIT_ABSENT,
            FORMAT);

    private static final String DEFAULT_ENDPOINT = "https://ingestion.dassana.cloud/logs";
    private static final String DEFAULT_APP_ID = "aws_vpc_flow";
    static final long DEFAULT_MAX_OBJECT_BYTES = 4_294_967_296L;
    /** The most objects of one invocation that are open at the same time. */
    static final int OBJECTS_AT_ONCE = 4;

    private static final long MIB = 1024 * 1024;
    /** The heap for the clients, the compressors and everything else: an estimate, which SlowLakeIT holds (C9). */
    private static final long OWN_HEAP = 24 * MIB;

    /**
     * Reads and checks all of them.
     *
     * @throws SettingsException that lists every problem
     */
    static Settings from(Map<String, String> environment) {
        SettingsCheck check = new SettingsCheck(environment);
        HttpSink.Builder sink = HttpSink.builder(DEFAULT_ENDPOINT);
        for (String name : new TreeSet<>(environment.keySet())) {
            if ((name.startsWith("DASSANA_") || name.startsWith("FLOWLOG_")) && !NAMES.contains(name)) {
                check.problem(name, "is not a setting of flowlog");
            }
        }
        boolean loopback = check.flag(ALLOW_HTTP_LOOPBACK);
        Optional<String> secretArn = check.secretArn(SECRET_ARN);
        Optional<String> token = check.token(TOKEN);
        if (check.isSet(TOKEN) && check.isSet(SECRET_ARN)) {
            check.problem(SECRET_ARN + " and " + TOKEN, "are both set; set exactly one of them");
        } else if (!check.isSet(TOKEN)
                && !check.isSet(SECRET_ARN)
                && check.first(FORMAT).isEmpty()) {
            // With a format, the function can transform records of Firehose, for which it sends nothing.
            check.problem(SECRET_ARN + " and " + TOKEN, "are both missing; set exactly one of them");
        }
        Lake lake = check.lakeKind(LAKE);
        if (lake != Lake.DASSANA && !check.isSet(ENDPOINT)) {
            check.problem(ENDPOINT, "is missing; " + LAKE + " " + lake + " has no default");
        }
        Optional<FlowLogFilter> sampleWhere = check.filter(SAMPLE_WHERE);
        int sampleRate = (int) check.number(SAMPLE_RATE, 1, 1, Integer.MAX_VALUE);
        if (sampleWhere.isPresent() && !check.isSet(SAMPLE_RATE)) {
            check.problem(SAMPLE_WHERE, "has no effect without " + SAMPLE_RATE);
        }
        // For a lake that expects no app id, the header is sent if it has a name.
        String appIdHeader = lake.appIdHeader().orElse("");
        boolean sendsAppId =
                !appIdHeader.isEmpty() || check.first(APP_ID_HEADER).isPresent();
        Settings settings = new Settings(
                check.lake(ENDPOINT, DEFAULT_ENDPOINT, ALLOW_HTTP_LOOPBACK, loopback),
                check.headerValue(APP_ID, DEFAULT_APP_ID),
                token,
                secretArn,
                MIB
                        * check.number(
                                BATCH_SIZE,
                                HttpSink.DEFAULT_MAX_BATCH_BYTES / MIB,
                                1,
                                HttpSink.HIGHEST_MAX_BATCH_BYTES / MIB),
                check.headerName(TOKEN_HEADER, lake.tokenHeader(), sink),
                sendsAppId ? check.headerName(APP_ID_HEADER, appIdHeader, sink) : "",
                (int) check.number(MAX_IN_FLIGHT, HttpSink.DEFAULT_MAX_IN_FLIGHT, 1, HttpSink.HIGHEST_MAX_IN_FLIGHT),
                check.ratio(MAX_MALFORMED_RATIO, HttpSink.DEFAULT_MAX_MALFORMED_RATIO, sink::maxMalformedRatio),
                check.number(MAX_OBJECT_BYTES, DEFAULT_MAX_OBJECT_BYTES, 1, Long.MAX_VALUE),
                check.fieldName(RECORD_ID_FIELD, sink),
                check.account(BUCKET_OWNER),
                loopback,
                check.first("AWS_REGION", "AWS_DEFAULT_REGION"),
                check.uri(S3_ENDPOINT),
                check.uri(SECRETS_ENDPOINT),
                lake,
                check.tokenScheme(TOKEN_SCHEME, lake.tokenScheme()),
                check.filter(FILTER),
                sampleRate,
                sampleWhere,
                check.compression(COMPRESSION),
                check.flag(OMIT_ABSENT),
                check.format(FORMAT, RECORD_ID_FIELD));
        check.memory(
                BATCH_SIZE,
                settings.batchBytes,
                MAX_IN_FLIGHT,
                settings.maxInFlight,
                OWN_HEAP + (long) OBJECTS_AT_ONCE * S3ObjectStream.READ_AHEAD,
                Runtime.getRuntime().maxMemory());
        check.throwIfAny();
        return settings;
    }

    /** A sink with these settings, without the token if that is in a secret. */
    HttpSink.Builder sink() {
        HttpSink.Builder builder = HttpSink.builder(endpoint)
                .maxBatchBytes(batchBytes)
                .maxInFlight(maxInFlight)
                .maxMalformedRatio(maxMalformedRatio)
                .allowHttpLoopback(allowHttpLoopback)
                .lake(lake)
                .compression(compression)
                .omitAbsent(omitAbsent);
        if (!appIdHeader.isEmpty()) {
            builder.header(appIdHeader, appId);
        }
        filter.ifPresent(builder::filter);
        sampleWhere.ifPresentOrElse(where -> builder.sample(sampleRate, where), () -> builder.sample(sampleRate));
        token.ifPresent(value -> builder.header(tokenHeader, tokenValue(value)));
        recordIdField.ifPresent(builder::recordIdField);
        return builder;
    }

    /** Whether the function can send anything. Without a token it can only transform records of Firehose. */
    boolean hasToken() {
        return token.isPresent() || secretArn.isPresent();
    }

    /** The value of the token's header. */
    String tokenValue(String value) {
        return tokenScheme.isEmpty() ? value : tokenScheme + " " + value;
    }

    /** Everything but the token. */
    @Override
    public String toString() {
        return "Settings[endpoint host=" + endpoint.getHost() + ", batchBytes=" + batchBytes + ", maxInFlight="
                + maxInFlight + ", token "
                + (token.isPresent() ? "in the environment" : secretArn.isPresent() ? "in a secret" : "missing") + "]";
    }
}
