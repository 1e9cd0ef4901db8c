package io.flowlog.sink.http;

import java.time.Duration;
import java.util.BitSet;
import java.util.Map;

/** What one exchange with the lake means for its batch. */
sealed interface Verdict {
    /**
     * The lake answered with a 2xx.
     *
     * @param rejected how many of the records the lake did not count
     */
    record Accepted(long rejected) implements Verdict {}

    /**
     * The lake answered for each record. Those in neither set are stored.
     *
     * @param again the records to send again, by their number in the batch
     * @param rejected the records that the lake will not accept, with its reason
     * @param failure why some are sent again, if any is
     */
    record Items(BitSet again, Map<Integer, String> rejected, Failure failure, Duration delay) implements Verdict {}

    /** The lake answered 413. */
    record TooLarge(Failure failure) implements Verdict {}

    /** The lake answered 401 or 403. */
    record Unauthorized(Failure failure) implements Verdict {}

    /**
     * Another attempt can succeed.
     *
     * @param delay the shortest wait that the lake asks for
     * @param uploadBroken whether the connection ended while the body was being sent
     */
    record Retry(Failure failure, Duration delay, boolean uploadBroken) implements Verdict {}

    /** No other attempt can succeed. */
    record Fail(Failure failure) implements Verdict {}
}
