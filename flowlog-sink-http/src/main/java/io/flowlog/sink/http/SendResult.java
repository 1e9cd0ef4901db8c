package io.flowlog.sink.http;

/** How sending a batch ended. */
sealed interface SendResult {
    /**
     * The lake answered with a 2xx.
     *
     * @param batch what was sent last: the batch, or those of its records that were not acknowledged before
     * @param rejected how many of the records the lake did not count
     * @param named whether each of them was logged with its reason
     */
    record Acknowledged(Batch batch, long rejected, boolean named) implements SendResult {}

    /**
     * The lake does not accept a body of this size.
     *
     * @param batch what was sent last: the batch, or those of its records that were not acknowledged before
     */
    record TooLarge(Batch batch, Failure failure) implements SendResult {}

    /** The batch was not acknowledged, and the delivery cannot succeed any more. */
    record Failed(Failure failure) implements SendResult {}
}
