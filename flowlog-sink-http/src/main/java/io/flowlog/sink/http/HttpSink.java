// Over 300 lines: most of them explain the settings.
package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogFilter;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.sink.http.InvalidSettingException.Setting;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends flow log records to a log lake as JSON lines, in batches, by HTTP POST.
 *
 * <p>Delivery is at least once: either the lake acknowledges every record of a source with a 2xx status, or
 * {@link #send} throws a {@link DeliveryException} that lists what is missing. A record can arrive several times.
 * Every request, and with {@link Builder#recordIdField} every record, carries an id that is the same on every attempt
 * and in every process, so that a lake can drop duplicates. {@code docs/delivery.md} describes the guarantee in full.
 *
 * <p>A sink is safe for use by multiple threads. Concurrent sends share the limit of requests in flight. The caller
 * that builds a sink must close it.
 */
public final class HttpSink implements AutoCloseable {
    /** Default limit of uncompressed JSON bytes in a request: {@value}. */
    public static final long DEFAULT_MAX_BATCH_BYTES = 5L * 1024 * 1024;

    /** Highest accepted limit of uncompressed JSON bytes in a request: {@value}. */
    public static final long HIGHEST_MAX_BATCH_BYTES = 64L * 1024 * 1024;

    /** Default limit of records in a request: {@value}. In most cases the bytes limit is reached first. */
    public static final int DEFAULT_MAX_BATCH_RECORDS = 1_000_000;

    /** Default limit of requests in flight: {@value}. */
    public static final int DEFAULT_MAX_IN_FLIGHT = 4;

    /** Highest accepted limit of requests in flight: {@value}. */
    public static final int HIGHEST_MAX_IN_FLIGHT = 64;

    /** Default number of attempts for a request, including the first: {@value}. */
    public static final int DEFAULT_MAX_ATTEMPTS = 7;

    /** Default share of malformed lines that is tolerated: {@value}. */
    public static final double DEFAULT_MAX_MALFORMED_RATIO = 0.5;

    /** Default timeout of a request, in seconds: {@value}. */
    public static final int DEFAULT_REQUEST_TIMEOUT_SECONDS = 30;

    /** Timeout of {@link #send(SourceId, FlowLogReader)}, in minutes: {@value}. */
    public static final int DEFAULT_TIMEOUT_MINUTES = 60;

    /**
     * Most characters in the value of a header: {@value}. Common servers and proxies reject a header line of more than
     * 8 KiB, and this leaves room for the other headers.
     */
    public static final int LONGEST_HEADER_VALUE = HeaderRules.LONGEST_VALUE;

    /** Most characters in the name of the record id field: {@value}. */
    public static final int LONGEST_RECORD_ID_FIELD = 128;

    private final Deliveries deliveries;

    private HttpSink(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /**
     * Returns a builder of a sink.
     *
     * @param endpoint the URL to POST to: {@code https}, with a host, without user name, password and fragment. A
     *     query is allowed. {@link Builder#build} checks it
     * @return a builder with default settings
     */
    public static Builder builder(URI endpoint) {
        return new Builder(endpoint);
    }

    /**
     * Returns a builder of a sink.
     *
     * @param endpoint as for {@link #builder(URI)}, as text
     * @return a builder with default settings
     * @throws InvalidSettingException if the text is not a URL. Unlike that of {@link URI#create}, the message does not
     *     contain the text, which can include a password
     */
    public static Builder builder(String endpoint) {
        return new Builder(Endpoint.parse(endpoint));
    }

    /**
     * Sends the remaining records of a reader within {@value #DEFAULT_TIMEOUT_MINUTES} minutes. In all other respects
     * the same as {@link #send(SourceId, FlowLogReader, Duration)}.
     *
     * @param source where the records come from
     * @param reader read to the end, and not closed
     * @return the accounts of a complete delivery
     * @throws DeliveryException if at least one record was not acknowledged
     * @throws IllegalStateException if the sink is closed
     */
    public DeliveryReport send(SourceId source, FlowLogReader reader) throws DeliveryException {
        return send(source, reader, Duration.ofMinutes(DEFAULT_TIMEOUT_MINUTES));
    }

    /**
     * Sends the remaining records of a reader. The calling thread reads and encodes, and the sink's threads compress and
     * send. When this method returns or throws, no request is in flight. The last batch is sent only after the reader has reached
     * the end of an intact source, so a source that fits one batch is delivered completely or not at all.
     *
     * @param source where the records come from; its id becomes part of the ids of requests and records
     * @param reader read to the end, and not closed
     * @param timeout time limit for the whole call, greater than zero. It does not interrupt the reader's I/O
     * @return the accounts of a complete delivery
     * @throws DeliveryException if at least one record was not acknowledged; it has the accounts too
     * @throws IllegalArgumentException if the timeout is zero or negative
     * @throws IllegalStateException if the sink is closed
     */
    public DeliveryReport send(SourceId source, FlowLogReader reader, Duration timeout) throws DeliveryException {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(reader, "reader");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the timeout must be greater than zero, found " + timeout);
        }
        return deliveries.run(source, reader, timeout);
    }

    /**
     * Closes the sink. Sends that are still running in other threads fail with
     * {@link DeliveryException.Reason#INTERRUPTED}. An {@code HttpClient} that was given to the builder stays open.
     */
    @Override
    public void close() {
        deliveries.close();
    }

    /** The host and port of the endpoint. Never includes the value of a header. */
    @Override
    public String toString() {
        return "HttpSink[" + deliveries.settings().lake() + "]";
    }

    /**
     * The settings of a sink. Each method checks its arguments at once, except the endpoint and the compression,
     * which {@link #build} checks. Not safe for use by multiple threads.
     */
    public static final class Builder {
        private final URI endpoint;
        private final Redactor redactor = new Redactor();
        private final List<LakeHeaders.Header> headers = new ArrayList<>();
        private long maxBatchBytes = DEFAULT_MAX_BATCH_BYTES;
        private int maxBatchRecords = DEFAULT_MAX_BATCH_RECORDS;
        private Compression compression = Compression.GZIP;
        private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;
        private int processors = Runtime.getRuntime().availableProcessors();
        private String recordIdField = "";
        private @Nullable FlowLogFilter filter;
        private Lake lake = Lake.DASSANA;
        private boolean omitAbsent;
        private Sampling sampling = Sampling.NONE;
        private Duration requestTimeout = Duration.ofSeconds(DEFAULT_REQUEST_TIMEOUT_SECONDS);
        private int maxAttempts = DEFAULT_MAX_ATTEMPTS;
        private Backoff backoff = Backoff.DEFAULT;
        private double maxMalformedRatio = DEFAULT_MAX_MALFORMED_RATIO;
        private boolean allowHttpLoopback;
        private DeliveryListener listener = new DeliveryListener() {};
        private @Nullable HttpClient client;

        private Builder(URI endpoint) {
            this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
        }

        /**
         * Adds a header to every request. The value is treated as a secret and never shown.
         *
         * @param name the name of the header, which can be added once. Headers that the sink or the HTTP client sets,
         *     such as {@code Content-Type}, {@code Content-Encoding}, {@code Host} and {@code Idempotency-Key}, are
         *     rejected
         * @param value printable ASCII, at most {@value HttpSink#LONGEST_HEADER_VALUE} characters; leading and trailing
         *     white space is removed
         * @return this builder
         * @throws InvalidSettingException if the name or the value is invalid; the message does not contain the value
         */
        public Builder header(String name, String value) {
            String checked = HeaderRules.checkValue(HeaderRules.checkName(name), value);
            redactor.learn(checked);
            return add(name, () -> checked, false);
        }

        /**
         * Adds a header whose value can change, such as a token in a secrets store. The sink reads the value before the
         * first request. If the lake answers 401 or 403, the sink reads it again, once for all waiting requests. If the
         * lake rejects that value too, the delivery fails.
         *
         * @param name as for {@link #header(String, String)}
         * @param value returns a value as for {@link #header(String, String)}, or throws an unchecked exception. The
         *     sink's threads call it, one at a time. It must return within bounded time
         * @return this builder
         * @throws InvalidSettingException if the name is invalid
         */
        public Builder header(String name, Supplier<String> value) {
            return add(HeaderRules.checkName(name), Objects.requireNonNull(value, "value"), true);
        }

        private Builder add(String name, Supplier<String> value, boolean refreshable) {
            if (headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name))) {
                throw HeaderRules.invalidName(name, "is set twice");
            }
            headers.add(new LakeHeaders.Header(name, value, refreshable));
            return this;
        }

        /**
         * Sets the limit of uncompressed JSON bytes in a request. A larger record is sent in a request of its own.
         *
         * @param bytes 1 to {@value HttpSink#HIGHEST_MAX_BATCH_BYTES}; the default is
         *     {@value HttpSink#DEFAULT_MAX_BATCH_BYTES}
         * @return this builder
         * @throws InvalidSettingException if the number is out of range
         */
        public Builder maxBatchBytes(long bytes) {
            require(
                    bytes >= 1 && bytes <= HIGHEST_MAX_BATCH_BYTES,
                    Setting.MAX_BATCH_BYTES,
                    "maxBatchBytes",
                    "must be 1 to " + HIGHEST_MAX_BATCH_BYTES + ", found " + bytes);
            maxBatchBytes = bytes;
            return this;
        }

        /**
         * Sets the limit of records in a request.
         *
         * @param records 1 or more; the default is {@value HttpSink#DEFAULT_MAX_BATCH_RECORDS}
         * @return this builder
         * @throws InvalidSettingException if the number is out of range
         */
        public Builder maxBatchRecords(int records) {
            require(records >= 1, Setting.MAX_BATCH_RECORDS, "maxBatchRecords", "must be 1 or more, found " + records);
            maxBatchRecords = records;
            return this;
        }

        /**
         * Sets the compression of request bodies.
         *
         * @param compression the default is {@link Compression#GZIP}. {@link #build} checks that the library which
         *     {@link Compression#ZSTD} requires is there
         * @return this builder
         */
        public Builder compression(Compression compression) {
            this.compression = Objects.requireNonNull(compression, "compression");
            return this;
        }

        /**
         * Sets the limit of requests in flight, for all sends of this sink together. Each request uses the memory of one
         * compressed body, and a thread.
         *
         * @param requests 1 to {@value HttpSink#HIGHEST_MAX_IN_FLIGHT}; the default is
         *     {@value HttpSink#DEFAULT_MAX_IN_FLIGHT}
         * @return this builder
         * @throws InvalidSettingException if the number is out of range
         */
        public Builder maxInFlight(int requests) {
            require(
                    requests >= 1 && requests <= HIGHEST_MAX_IN_FLIGHT,
                    Setting.MAX_IN_FLIGHT,
                    "maxInFlight",
                    "must be 1 to " + HIGHEST_MAX_IN_FLIGHT + ", found " + requests);
            maxInFlight = requests;
            return this;
        }

        /**
         * Sets whether a second thread compresses while the thread that called {@link HttpSink#send} reads and encodes.
         * It takes less time where at least two processors are available, and does not change requests. The second thread
         * is used if two processors are available for each send that is running, and for sources of more than about
         * 128 KiB of JSON. It needs less than 1 MiB of memory more, unless lines are very long.
         *
         * @param parallel the default is true
         * @return this builder
         */
        public Builder parallelCompression(boolean parallel) {
            return processors(parallel ? Runtime.getRuntime().availableProcessors() : 1);
        }

        /** Sets the number of processors, for tests. */
        Builder processors(int count) {
            processors = count;
            return this;
        }

        /**
         * Adds the id of the record, {@code <source id>-<line number>}, to every JSON object as the last member. Records
         * of {@link SourceId#none()} have no id.
         *
         * @param name the name of the member, at most {@value HttpSink#LONGEST_RECORD_ID_FIELD} characters without
         *     control characters. A source that has a column of this name fails with
         *     {@link DeliveryException.Reason#SETTINGS}. An empty name, the default, leaves the id out
         * @return this builder
         * @throws InvalidSettingException if the name is invalid
         */
        public Builder recordIdField(String name) {
            require(name.isEmpty() || !name.isBlank(), Setting.RECORD_ID_FIELD, "recordIdField", "must not be blank");
            require(
                    name.length() <= LONGEST_RECORD_ID_FIELD && name.chars().noneMatch(Character::isISOControl),
                    Setting.RECORD_ID_FIELD,
                    "recordIdField",
                    "must have at most " + LONGEST_RECORD_ID_FIELD + " characters and no control characters");
            recordIdField = name;
            return this;
        }

        /**
         * Sets the kind of the lake. Its limits apply in addition to {@link #maxBatchBytes} and {@link #maxBatchRecords}.
         *
         * @param lake the default is {@link Lake#DASSANA}
         * @return this builder
         */
        public Builder lake(Lake lake) {
            this.lake = Objects.requireNonNull(lake, "lake");
            return this;
        }

        /**
         * Leaves absent columns out of the JSON, instead of writing them as {@code null}.
         *
         * @param omit the default is false
         * @return this builder
         */
        public Builder omitAbsent(boolean omit) {
            omitAbsent = omit;
            return this;
        }

        /**
         * Sends only the records that a filter keeps. The others are counted as {@link DeliveryReport#filtered}.
         *
         * @param kept what is kept. A source whose header lacks a field that AWS does not document either fails with
         *     {@link DeliveryException.Reason#SETTINGS}. The default is to keep all records
         * @return this builder
         */
        public Builder filter(FlowLogFilter kept) {
            filter = Objects.requireNonNull(kept, "kept");
            return this;
        }

        /**
         * Sends one in {@code rate} of the records. In all other respects the same as {@link #sample(int,
         * FlowLogFilter)}.
         *
         * @param rate 1 or more; 1, the default, sends all
         * @return this builder
         * @throws InvalidSettingException if the rate is less than 1
         */
        public Builder sample(int rate) {
            return sampled(rate, null);
        }

        /**
         * Sends one in {@code rate} of the records that match a filter, and all records that do not match. A record that
         * was chosen has the member {@code "sample-rate"} with the rate, so that sums can be scaled. The others are
         * counted as {@link DeliveryReport#sampledOut}. Records that {@link #filter} does not keep are not sampled.
         *
         * <p>A record is chosen if the first 8 bytes of SHA-256(record id), as an unsigned number, are a multiple of the
         * rate. Every attempt and every process chooses the same records. A source without an id, {@link
         * SourceId#none()}, and a source with a column named {@code sample-rate} fail with
         * {@link DeliveryException.Reason#SETTINGS}.
         *
         * @param rate 1 or more; 1, the default, sends all, and marks none
         * @param where the records to sample
         * @return this builder
         * @throws InvalidSettingException if the rate is less than 1
         */
        public Builder sample(int rate, FlowLogFilter where) {
            return sampled(rate, Objects.requireNonNull(where, "where"));
        }

        private Builder sampled(int rate, @Nullable FlowLogFilter where) {
            require(rate >= 1, Setting.SAMPLE, "sample", "must have a rate of 1 or more, found " + rate);
            sampling = new Sampling(rate, where);
            return this;
        }

        /**
         * Sets the time limit of a request, from connecting to the last byte of the answer. The remaining time of the
         * send can shorten it.
         *
         * @param timeout greater than zero; the default is {@value HttpSink#DEFAULT_REQUEST_TIMEOUT_SECONDS} seconds
         * @return this builder
         * @throws InvalidSettingException if the timeout is zero or negative
         */
        public Builder requestTimeout(Duration timeout) {
            require(
                    !timeout.isNegative() && !timeout.isZero(),
                    Setting.REQUEST_TIMEOUT,
                    "requestTimeout",
                    "must be greater than zero, found " + timeout);
            requestTimeout = timeout;
            return this;
        }

        /**
         * Sets how often a request is attempted if it fails for a temporary reason.
         *
         * @param attempts 1 or more, including the first; the default is {@value HttpSink#DEFAULT_MAX_ATTEMPTS}
         * @return this builder
         * @throws InvalidSettingException if the number is out of range
         */
        public Builder maxAttempts(int attempts) {
            require(attempts >= 1, Setting.MAX_ATTEMPTS, "maxAttempts", "must be 1 or more, found " + attempts);
            maxAttempts = attempts;
            return this;
        }

        /** Sets the waits between attempts, for tests. */
        Builder backoff(Backoff waits) {
            backoff = waits;
            return this;
        }

        /**
         * Sets the share of malformed lines that is tolerated if the reader is lenient: malformed lines divided by
         * records and malformed lines. A source with a higher share fails with
         * {@link DeliveryException.Reason#MALFORMED}, so that a changed format does not go unnoticed.
         *
         * @param ratio 0 to 1; the default is {@value HttpSink#DEFAULT_MAX_MALFORMED_RATIO}
         * @return this builder
         * @throws InvalidSettingException if the number is out of range
         */
        public Builder maxMalformedRatio(double ratio) {
            require(
                    ratio >= 0 && ratio <= 1,
                    Setting.MAX_MALFORMED_RATIO,
                    "maxMalformedRatio",
                    "must be 0 to 1, found " + ratio);
            maxMalformedRatio = ratio;
            return this;
        }

        /**
         * Allows {@code http://} for loopback addresses: {@code localhost}, {@code 127.0.0.0/8} and {@code [::1]} in
         * every spelling. All other hosts require {@code https://}.
         *
         * @param allowed the default is false
         * @return this builder
         */
        public Builder allowHttpLoopback(boolean allowed) {
            allowHttpLoopback = allowed;
            return this;
        }

        /**
         * Sets the HTTP client, for a proxy, client certificates or a trust store. The caller must close it.
         * Requests are always sent as HTTP/1.1.
         *
         * @param client a client that never follows redirects, because a redirect would send the headers to another host
         * @return this builder
         * @throws InvalidSettingException if the client follows redirects
         */
        public Builder httpClient(HttpClient client) {
            require(
                    client.followRedirects() == HttpClient.Redirect.NEVER,
                    Setting.HTTP_CLIENT,
                    "httpClient",
                    "must not follow redirects, which would send the headers to another host;"
                            + " build it with Redirect.NEVER");
            this.client = client;
            return this;
        }

        /**
         * Sets a listener that observes deliveries.
         *
         * @param listener safe for use by multiple threads
         * @return this builder
         */
        public Builder listener(DeliveryListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Checks the endpoint as {@link #build} does, without building a sink. Use it to report all invalid settings before
         * you create clients.
         *
         * @return this builder
         * @throws InvalidSettingException if the endpoint is not as {@link HttpSink#builder(URI)} requires
         */
        public Builder checkEndpoint() {
            Endpoint.check(endpoint, allowHttpLoopback);
            return this;
        }

        /**
         * Checks the compression as {@link #build} does: whether the library that it requires is there.
         *
         * @return this builder
         * @throws InvalidSettingException if the library is missing, or its native library cannot be loaded
         */
        public Builder checkCompression() {
            Optional<String> problem = compression.problem();
            require(problem.isEmpty(), Setting.COMPRESSION, "compression " + compression.label(), problem.orElse(""));
            return this;
        }

        /**
         * Builds the sink. It opens no connection and reads no refreshable header yet.
         *
         * @return a sink that the caller closes
         * @throws InvalidSettingException if the endpoint is not as {@link HttpSink#builder(URI)} requires, or a library is
         *     missing that the compression requires
         */
        public HttpSink build() {
            URI checked = Endpoint.check(endpoint, allowHttpLoopback);
            HttpClient used = client == null ? JdkTransport.sharedClient() : client;
            return build(new JdkTransport(checked, used, lake.maxAnswerBytes()), Time.SYSTEM, Backoff::newJitter);
        }

        HttpSink build(Transport transport, Time time, Supplier<LongUnaryOperator> jitters) {
            checkCompression();
            checkRecordIdField();
            require(
                    !lake.members().contains(recordIdField),
                    Setting.RECORD_ID_FIELD,
                    "recordIdField",
                    "must not be " + recordIdField + ", which " + lake + " lakes need");
            SinkSettings settings = new SinkSettings(
                    endpoint,
                    redactor,
                    maxBatchBytes,
                    maxBatchRecords,
                    compression,
                    maxInFlight,
                    processors,
                    recordIdField,
                    filter,
                    sampling,
                    lake,
                    omitAbsent,
                    requestTimeout,
                    maxAttempts,
                    backoff,
                    maxMalformedRatio,
                    new SafeListener(listener));
            return new HttpSink(new Deliveries(settings, headers, transport, time, jitters));
        }

        /**
         * Builds a converter to the JSON lines that the sink would send. The endpoint, the headers, the lake and the
         * settings of requests do not matter.
         *
         * @return a converter with the present settings
         * @throws InvalidSettingException if the record id field has the name of a member that sampling adds
         */
        public JsonLines jsonLines() {
            checkRecordIdField();
            return new JsonLines(recordIdField, filter, sampling, omitAbsent);
        }

        private void checkRecordIdField() {
            require(
                    !sampling.active() || !recordIdField.equals(Sampling.FIELD),
                    Setting.RECORD_ID_FIELD,
                    "recordIdField",
                    "must not be " + Sampling.FIELD + " if records are sampled");
        }

        private static void require(boolean condition, Setting setting, String subject, String problem) {
            if (!condition) {
                throw new InvalidSettingException(setting, subject, problem);
            }
        }
    }
}
