package io.flowlog.sink.http;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * The accounts of one call of {@link HttpSink#send}. They add up: {@code lines} = {@code records} + {@code malformed} +
 * headers and blank lines; {@code encoded} = {@code acknowledged} + {@code undelivered}; and after a success
 * {@code records} = {@code encoded} and {@code undelivered} = 0. Immutable.
 *
 * @param source where the records came from
 * @param lines physical lines read by this call
 * @param records records read by this call
 * @param malformed malformed lines read by this call; they are not sent
 * @param encoded records encoded as JSON lines
 * @param acknowledged records in requests that were answered with a 2xx, counted as line ends in their bodies
 * @param undelivered records encoded that were not acknowledged; the lake may have some of them all the same
 * @param rejected records in acknowledged requests that the lake did not count in its answer ({@code docCount}); a lake
 *     that removes duplicates counts fewer too, so they are not sent again
 * @param batches nominal batches closed
 * @param requests requests made, repeated ones included
 * @param retries how many of the requests repeated an earlier one
 * @param jsonBytes bytes of JSON in acknowledged requests, before compression
 * @param bodyBytes bytes of bodies in acknowledged requests, as they went over the wire
 * @param bytesRead decompressed bytes that the reader read during this call
 * @param elapsed time from start to end
 * @param undeliveredRanges the lines of the undelivered records, in order; empty after a success
 * @param unreadAfter when the source was not read to its end: the last physical line read, 0 when none was
 */
public record DeliveryReport(
        SourceId source,
        long lines,
        long records,
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
