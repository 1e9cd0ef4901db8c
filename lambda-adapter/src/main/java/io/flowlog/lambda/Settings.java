package io.flowlog.lambda;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The function's settings, checked. Their names, defaults and meanings are in {@code docs/configuration.md}.
 *
 * @param endpoint where to POST
 * @param appId value of the app id header
 * @param token the token itself, if it is in the environment; else {@code secretArn} is there
 * @param secretArn the secret that holds the token
 * @param batchBytes JSON bytes a request
 * @param tokenHeader name of the token's header
 * @param appIdHeader name of the app id's header
 * @param maxInFlight requests at a time
 * @param maxMalformedRatio above it an object fails, 0 to 1
 * @param maxObjectBytes decompressed size above which an object fails
 * @param recordIdField name under which each record carries its id
 * @param bucketOwner account that must own the bucket
 * @param allowHttpLoopback whether the endpoint may be plain HTTP on this machine
 * @param region region of the S3 client, where the environment tells
 * @param s3Endpoint S3 elsewhere, for running locally
 * @param secretsEndpoint Secrets Manager elsewhere, for running locally
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
        Optional<URI> secretsEndpoint) {

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

    /** Every name with our prefixes that means something. */
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
            ALLOW_HTTP_LOOPBACK);

    private static final String DEFAULT_ENDPOINT = "https://ingestion.dassana.cloud/logs";
    private static final String DEFAULT_APP_ID = "aws_vpc_flow";
    private static final String DEFAULT_TOKEN_HEADER = "x-dassana-token";
    private static final String DEFAULT_APP_ID_HEADER = "x-dassana-app-id";
    private static final long DEFAULT_BATCH_MIB = 5;
    private static final long MAX_BATCH_MIB = 64;
    private static final long MIB = 1024 * 1024;
    private static final long DEFAULT_MAX_IN_FLIGHT = 4;
    private static final long HIGHEST_MAX_IN_FLIGHT = 64;
    private static final double DEFAULT_MAX_MALFORMED_RATIO = 0.5;
    private static final long DEFAULT_MAX_OBJECT_BYTES = 4_294_967_296L;

    /**
     * Reads and checks all of them.
     *
     * @throws SettingsException that lists every problem
     */
    static Settings from(Map<String, String> environment) {
        SettingsCheck check = new SettingsCheck(environment);
        for (String name : new TreeSet<>(environment.keySet())) {
            if ((name.startsWith("DASSANA_") || name.startsWith("FLOWLOG_")) && !NAMES.contains(name)) {
                check.problem(name, "is not a setting that flowlog knows");
            }
        }
        boolean loopback = check.flag(ALLOW_HTTP_LOOPBACK);
        Optional<String> secretArn = check.secretArn(SECRET_ARN);
        Optional<String> token = check.token(TOKEN);
        if (check.isSet(TOKEN) == check.isSet(SECRET_ARN)) {
            check.problem(
                    SECRET_ARN + " and " + TOKEN,
                    check.isSet(TOKEN)
                            ? "are both set; exactly one must be"
                            : "are both missing; exactly one must be set");
        }
        String tokenHeader = check.headerName(TOKEN_HEADER, DEFAULT_TOKEN_HEADER);
        String appIdHeader = check.headerName(APP_ID_HEADER, DEFAULT_APP_ID_HEADER);
        if (tokenHeader.equalsIgnoreCase(appIdHeader)) {
            check.problem(TOKEN_HEADER + " and " + APP_ID_HEADER, "are the same header");
        }
        Settings settings = new Settings(
                check.lake(ENDPOINT, DEFAULT_ENDPOINT, loopback),
                check.headerValue(APP_ID, DEFAULT_APP_ID),
                token,
                secretArn,
                check.number(BATCH_SIZE, DEFAULT_BATCH_MIB, 1, MAX_BATCH_MIB) * MIB,
                tokenHeader,
                appIdHeader,
                (int) check.number(MAX_IN_FLIGHT, DEFAULT_MAX_IN_FLIGHT, 1, HIGHEST_MAX_IN_FLIGHT),
                check.ratio(MAX_MALFORMED_RATIO, DEFAULT_MAX_MALFORMED_RATIO),
                check.number(MAX_OBJECT_BYTES, DEFAULT_MAX_OBJECT_BYTES, 1, Long.MAX_VALUE),
                check.fieldName(RECORD_ID_FIELD),
                check.account(BUCKET_OWNER),
                loopback,
                check.first("AWS_REGION", "AWS_DEFAULT_REGION"),
                check.uri(S3_ENDPOINT),
                check.uri(SECRETS_ENDPOINT));
        check.throwIfAny();
        return settings;
    }

    /** Everything but the token. */
    @Override
    public String toString() {
        return "Settings[endpoint host=" + endpoint.getHost() + ", batchBytes=" + batchBytes + ", maxInFlight="
                + maxInFlight + ", token " + (token.isPresent() ? "in the environment" : "in a secret") + "]";
    }
}
