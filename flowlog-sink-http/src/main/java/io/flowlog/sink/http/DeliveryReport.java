package io.flowlog.sink.http;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * The accounts of one call of {@link HttpSink#send}. Immutable.
 *
 * <p>{@code lines} is the sum of {@code records}, {@code malformed}, headers and blank lines, and {@code encoded} is the
 * sum of {@code acknowledged} and {@code undelivered}. After a successful call {@code undelivered} is 0, and {@code
 * records} is the sum of {@code acknowledged}, {@code filtered} and {@code sampledOut}.
 *
 * @param source where the records come from
 * @param lines the number of physical lines that this call read
 * @param records the number of valid records that this call read, including those that were filtered or sampled out
 * @param filtered the number of records that the filter of the sink, or of the reader, did not keep; they are not sent
 * @param sampledOut the number of records that the filter kept and the sample did not; they are not sent
 * @param malformed the number of malformed lines that this call read; they are not sent
 * @param encoded the number of records that were encoded as JSON lines
 * @param acknowledged the number of records in requests that were answered with a 2xx status, counted as line ends in
 *     the bodies
 * @param undelivered the number of encoded records that were not acknowledged. The lake may have received some of them
 * @param rejected the number of records in acknowledged requests that the lake did not store, as its answer says: those
 *     that it rejected one by one, or did not include in its {@code docCount}.
 *     A lake that drops duplicates does not count them either, so they are not sent again
 * @param batches the number of batches, before any of them was halved
 * @param requests the number of requests, including repeated ones
 * @param retries how many of the requests repeated an earlier one
 * @param jsonBytes bytes of JSON in acknowledged requests, before compression
 * @param bodyBytes bytes of the bodies of acknowledged requests, as sent
 * @param bytesRead decompressed bytes that this call read
 * @param elapsed the duration of the call
 * @param undeliveredRanges the lines of the undelivered records, in order; empty after a successful call
 * @param unreadAfter if the source was not read to the end, the last physical line that was read, or 0 if none was read;
 *     otherwise empty
 */
public record DeliveryReport(
        SourceId source,
        long lines,
        long records,
        long filtered,
        long sampledOut,
        long malformed,
        long encoded,
        long acknowledged,
        long undelivered,
        long rejected,
        long batches,
        long requests,
        long retries,
        long jsonBytes,
        long bodyBytes,
        long bytesRead,
        Duration elapsed,
        List<LineRange> undeliveredRanges,
        OptionalLong unreadAfter) {
    /** Copies the list. */
    public DeliveryReport {
        undeliveredRanges = List.copyOf(undeliveredRanges);
    }
}
