package io.flowlog.sink.http;

/** How sending a batch ended. */
sealed interface SendResult {
    /**
     * The lake answered with a 2xx.
     *
     * @param rejected how many of the records the lake did not count
     */
    record Acknowledged(long rejected) implements SendResult {}

    /** The lake does not accept a body of this size. */
    record TooLarge(Failure failure) implements SendResult {}

    /** The batch was not acknowledged, and the delivery cannot succeed any more. */
    record Failed(Failure failure) implements SendResult {}
}
