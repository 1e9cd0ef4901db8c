// Over 300 lines: most of them are what each setting means.
package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends flow log records to a log lake: JSON lines, in batches, by HTTP POST.
 *
 * <p>The promise: every record of a source is acknowledged with a 2xx at least once, or {@link #send} throws a
 * {@link DeliveryException} that says what was not. A record can arrive more than once; every request and, with
 * {@link Builder#recordIdField}, every record has an id that is the same on every attempt and in every process.
 * {@code docs/delivery.md} has the whole of it.
 *
 * <p>Safe for use by several threads: several sends at once share the limit of requests in flight. Whoever builds a
 * sink closes it.
 */
public final class HttpSink implements AutoCloseable {
    /** Uncompressed JSON bytes in one request, unless set otherwise: {@value}. */
    public static final long DEFAULT_MAX_BATCH_BYTES = 5L * 1024 * 1024;

    /** Records in one request, unless set otherwise: {@value}. The bytes are what usually closes a batch. */
    public static final int DEFAULT_MAX_BATCH_RECORDS = 1_000_000;

    /** Requests in flight, unless set otherwise: {@value}. */
    public static final int DEFAULT_MAX_IN_FLIGHT = 4;

    /** Attempts for one request, the first included, unless set otherwise: {@value}. */
    public static final int DEFAULT_MAX_ATTEMPTS = 7;

    /** Malformed lines among all records and malformed lines that are tolerated, unless set otherwise: {@value}. */
    public static final double DEFAULT_MAX_MALFORMED_RATIO = 0.5;

    /** Seconds for one exchange, unless set otherwise: {@value}. */
    public static final int DEFAULT_REQUEST_TIMEOUT_SECONDS = 30;

    /** Minutes for a whole {@link #send(SourceId, FlowLogReader)}: {@value}. */
    public static final int DEFAULT_TIMEOUT_MINUTES = 60;

    private final Engine engine;

    private HttpSink(Engine engine) {
        this.engine = engine;
    }

    /**
     * Begins a sink.
     *
     * @param endpoint where to POST: https, with a host, without user info or fragment; it may have a query
     * @return a builder with the defaults
     */
    public static Builder builder(URI endpoint) {
        return new Builder(endpoint);
    }

    /**
     * Sends all records that a reader has left, within {@value #DEFAULT_TIMEOUT_MINUTES} minutes; otherwise as
     * {@link #send(SourceId, FlowLogReader, Duration)}.
     *
     * @param source where the records come from
     * @param reader read to its end, and not closed
     * @return the accounts of a complete delivery
     * @throws DeliveryException when not every record was acknowledged
     * @throws IllegalStateException when the sink is closed
     */
    public DeliveryReport send(SourceId source, FlowLogReader reader) throws DeliveryException {
        return send(source, reader, Duration.ofMinutes(DEFAULT_TIMEOUT_MINUTES));
    }

    /**
     * Sends all records that a reader has left. The calling thread reads and encodes; when this method returns or
     * throws, nothing is in flight. The last batch is sent only after the reader has proved the source whole, so a
     * source of one batch is delivered whole or not at all.
     *
     * @param source where the records come from; its id is part of all ids
     * @param reader read to its end, and not closed
     * @param timeout for all of it, above zero; the reader's own I/O is not interrupted when it is over
     * @return the accounts of a complete delivery
     * @throws DeliveryException when not every record was acknowledged; it has the accounts too
     * @throws IllegalArgumentException when the timeout is not above zero
     * @throws IllegalStateException when the sink is closed
     */
    public DeliveryReport send(SourceId source, FlowLogReader reader, Duration timeout) throws DeliveryException {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(reader, "reader");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the timeout must be above zero: " + timeout);
        }
        return engine.deliver(source, reader, timeout);
    }

    /**
     * Ends the sink. Sends that other threads have under way fail with {@link DeliveryException.Reason#INTERRUPTED}. An
     * {@code HttpClient} that was given stays open.
     */
    @Override
    public void close() {
        engine.close();
    }

    /** The endpoint's host; never a header's value. */
    @Override
    public String toString() {
        return "HttpSink[" + engine.settings().lake() + "]";
    }

    /** Settings of a sink. Not safe for several threads. Each setter refuses a bad value at once. */
    public static final class Builder {
        private final URI endpoint;
        private final Redactor redactor = new Redactor();
        private final List<LakeHeaders.Header> headers = new ArrayList<>();
        private long maxBatchBytes = DEFAULT_MAX_BATCH_BYTES;
        private int maxBatchRecords = DEFAULT_MAX_BATCH_RECORDS;
        private Compression compression = Compression.GZIP;
        private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;
        private String recordIdField = "";
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
         * Sends a header with every request. Its value is treated as a secret: it is never shown.
         *
         * @param name a header name, once, and none that the sink sets itself ({@code Content-Type},
         *     {@code Content-Encoding}, {@code Idempotency-Key} and those of the connection)
         * @param value trimmed; printable ASCII, at most 8192 characters
         * @return this builder
         * @throws IllegalArgumentException when one of them is not as said; the message does not hold the value
         */
        public Builder header(String name, String value) {
            String checked = LakeHeaders.checkValue(name, value);
            redactor.learn(checked);
            return add(name, () -> checked, false);
        }

        /**
         * Sends a header whose value can change, such as a token kept in a secrets store. It is read at the first
         * request, and once more for all requests that wait when the lake answers 401 or 403; when that one is refused
         * too, the delivery fails.
         *
         * @param name as for {@link #header(String, String)}
         * @param value called by the sink's threads, one at a time; it answers in bounded time, and throws an unchecked
         *     exception when it cannot
         * @return this builder
         * @throws IllegalArgumentException when the name is not as said
         */
        public Builder header(String name, Supplier<String> value) {
            return add(name, Objects.requireNonNull(value, "value"), true);
        }

        private Builder add(String name, Supplier<String> value, boolean refreshable) {
            LakeHeaders.checkName(name);
            if (headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name))) {
                throw new IllegalArgumentException("header " + name + " is set twice");
            }
            headers.add(new LakeHeaders.Header(name, value, refreshable));
            return this;
        }

        /**
         * The most uncompressed JSON bytes in one request. A record that is larger travels alone.
         *
         * @param bytes 1 to 512 MiB; {@value HttpSink#DEFAULT_MAX_BATCH_BYTES} unless set
         * @return this builder
         */
        public Builder maxBatchBytes(long bytes) {
            require(bytes >= 1 && bytes <= 512L << 20, "maxBatchBytes must be 1 to " + (512L << 20) + ": " + bytes);
            maxBatchBytes = bytes;
            return this;
        }

        /**
         * The most records in one request.
         *
         * @param records 1 or more; {@value HttpSink#DEFAULT_MAX_BATCH_RECORDS} unless set
         * @return this builder
         */
        public Builder maxBatchRecords(int records) {
            require(records >= 1, "maxBatchRecords must be 1 or more: " + records);
            maxBatchRecords = records;
            return this;
        }

        /**
         * How bodies are compressed.
         *
         * @param compression {@link Compression#GZIP} unless set
         * @return this builder
         */
        public Builder compression(Compression compression) {
            this.compression = Objects.requireNonNull(compression, "compression");
            return this;
        }

        /**
         * The most requests in flight at a time, over all sends of this sink. Each takes the memory of one compressed
         * body, and a thread while it lasts.
         *
         * @param requests 1 to 256; {@value HttpSink#DEFAULT_MAX_IN_FLIGHT} unless set
         * @return this builder
         */
        public Builder maxInFlight(int requests) {
            require(requests >= 1 && requests <= 256, "maxInFlight must be 1 to 256: " + requests);
            maxInFlight = requests;
            return this;
        }

        /**
         * Gives every JSON object the id of its record, {@code <source id>-<line number>}, as its last member. Records
         * of {@link SourceId#none()} carry none.
         *
         * @param name a name that no column has; a source that has such a column fails with
         *     {@link DeliveryException.Reason#SETTINGS}. Empty, as it is unless set: no ids in the JSON
         * @return this builder
         */
        public Builder recordIdField(String name) {
            require(name.isEmpty() || !name.isBlank(), "recordIdField must not be blank");
            recordIdField = name;
            return this;
        }

        /**
         * The time for one exchange, from connecting to the last byte of the answer. What is left of a send's own
         * timeout can make it shorter.
         *
         * @param timeout above zero; {@value HttpSink#DEFAULT_REQUEST_TIMEOUT_SECONDS} seconds unless set
         * @return this builder
         */
        public Builder requestTimeout(Duration timeout) {
            require(!timeout.isNegative() && !timeout.isZero(), "requestTimeout must be above zero: " + timeout);
            requestTimeout = timeout;
            return this;
        }

        /**
         * How often one request is tried when it fails in a way that may pass.
         *
         * @param attempts 1 or more, the first included; {@value HttpSink#DEFAULT_MAX_ATTEMPTS} unless set
         * @return this builder
         */
        public Builder maxAttempts(int attempts) {
            require(attempts >= 1, "maxAttempts must be 1 or more: " + attempts);
            maxAttempts = attempts;
            return this;
        }

        /** The waits between attempts, for tests. */
        Builder backoff(Backoff waits) {
            backoff = waits;
            return this;
        }

        /**
         * How many malformed lines among all records and malformed lines of a source are tolerated, when the reader is
         * lenient. Above it the delivery fails, so a changed format is noticed.
         *
         * @param ratio 0 to 1; {@value HttpSink#DEFAULT_MAX_MALFORMED_RATIO} unless set
         * @return this builder
         */
        public Builder maxMalformedRatio(double ratio) {
            require(ratio >= 0 && ratio <= 1, "maxMalformedRatio must be 0 to 1: " + ratio);
            maxMalformedRatio = ratio;
            return this;
        }

        /**
         * Allows {@code http://} for {@code localhost}, {@code 127.0.0.0/8} and {@code [::1]}, and for nothing else.
         *
         * @param allowed false unless set
         * @return this builder
         */
        public Builder allowHttpLoopback(boolean allowed) {
            allowHttpLoopback = allowed;
            return this;
        }

        /**
         * A client of the user's own, for a proxy, client certificates or a trust store. The user keeps it and closes
         * it; requests are HTTP/1.1 whatever it prefers.
         *
         * @param client one that never follows redirects, because a redirect would carry the headers elsewhere
         * @return this builder
         * @throws IllegalArgumentException when it follows redirects
         */
        public Builder httpClient(HttpClient client) {
            require(
                    client.followRedirects() == HttpClient.Redirect.NEVER,
                    "the HttpClient follows redirects, which would send the headers to another place;"
                            + " build it with Redirect.NEVER");
            this.client = client;
            return this;
        }

        /**
         * Is told how deliveries go.
         *
         * @param listener safe for several threads
         * @return this builder
         */
        public Builder listener(DeliveryListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * The sink. Connects to nothing yet and reads no refreshable header.
         *
         * @return a sink that the caller closes
         * @throws IllegalArgumentException when the endpoint is not as {@link HttpSink#builder} says
         */
        public HttpSink build() {
            URI checked = Endpoint.check(endpoint, allowHttpLoopback);
            HttpClient used = client == null ? JdkTransport.sharedClient() : client;
            return build(new JdkTransport(checked, used), Time.SYSTEM, Backoff::newJitter);
        }

        HttpSink build(Transport transport, Time time, Supplier<LongUnaryOperator> jitters) {
            SinkSettings settings = new SinkSettings(
                    endpoint,
                    redactor,
                    maxBatchBytes,
                    maxBatchRecords,
                    compression,
                    maxInFlight,
                    recordIdField,
                    requestTimeout,
                    maxAttempts,
                    backoff,
                    maxMalformedRatio,
                    new SafeListener(listener));
            return new HttpSink(new Engine(settings, transport, new LakeHeaders(headers, redactor), time, jitters));
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                throw new IllegalArgumentException(message);
            }
        }
    }
}
