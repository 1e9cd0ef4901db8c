package io.flowlog.sink.http;

/**
 * Thrown by {@link HttpSink.Builder} for an invalid setting. A program with its own names for the settings, such as
 * environment variables or options, can report {@link #problem()} under its name for {@link #setting()}. The message never
 * contains the value of a header, and of an endpoint it contains only the host.
 */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The settings of a sink. */
    public enum Setting {
        /** The endpoint, {@link HttpSink#builder}. */
        ENDPOINT,
        /** {@link HttpSink.Builder#allowHttpLoopback}, which the endpoint requires. */
        ALLOW_HTTP_LOOPBACK,
        /** The name of a header, {@link HttpSink.Builder#header(String, String)}. */
        HEADER_NAME,
        /** The value of a header, {@link HttpSink.Builder#header(String, String)}. */
        HEADER_VALUE,
        /** {@link HttpSink.Builder#maxBatchBytes}. */
        MAX_BATCH_BYTES,
        /** {@link HttpSink.Builder#maxBatchRecords}. */
        MAX_BATCH_RECORDS,
        /** {@link HttpSink.Builder#compression}, if what it requires is missing. */
        COMPRESSION,
        /** {@link HttpSink.Builder#maxInFlight}. */
        MAX_IN_FLIGHT,
        /** {@link HttpSink.Builder#recordIdField}. */
        RECORD_ID_FIELD,
        /** {@link HttpSink.Builder#sample}. */
        SAMPLE,
        /** {@link HttpSink.Builder#requestTimeout}. */
        REQUEST_TIMEOUT,
        /** {@link HttpSink.Builder#maxAttempts}. */
        MAX_ATTEMPTS,
        /** {@link HttpSink.Builder#maxMalformedRatio}. */
        MAX_MALFORMED_RATIO,
        /** {@link HttpSink.Builder#httpClient}. */
        HTTP_CLIENT
    }

    private final Setting setting;
    private final String problem;

    /**
     * The message is the subject and the problem.
     *
     * @param subject how the Java API names the setting
     * @param problem what is wrong, as the rest of a sentence that begins with the name of the setting
     */
    InvalidSettingException(Setting setting, String subject, String problem) {
        super(subject + " " + problem);
        this.setting = setting;
        this.problem = problem;
    }

    /**
     * The setting to change.
     *
     * @return for an {@code http://} endpoint on this machine that was not allowed, {@link Setting#ALLOW_HTTP_LOOPBACK}
     */
    public Setting setting() {
        return setting;
    }

    /**
     * What is wrong: the rest of a sentence that begins with the caller's name for the setting, such as
     * {@code must be 1 to 64, found 65}.
     *
     * @return one line, without the value of a header
     */
    public String problem() {
        return problem;
    }
}
