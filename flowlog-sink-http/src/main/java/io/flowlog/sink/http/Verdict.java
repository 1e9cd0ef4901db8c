package io.flowlog.sink.http;

import java.time.Duration;

/** What one exchange with the lake means for its batch. */
sealed interface Verdict {
    /**
     * The lake answered with a 2xx.
     *
     * @param rejected how many of the records the lake did not count
     */
    record Accepted(long rejected) implements Verdict {}

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
