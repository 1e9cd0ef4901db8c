package io.flowlog.lambda;

/** One attempt to deliver some {@link Work}. One thread runs it; others may abort it and ask. */
interface WorkDelivery {
    String NOT_STARTED = "not started before the deadline of the invocation";
    String NOT_FINISHED = "not finished before the deadline of the invocation";

    /** Delivers, and returns what happened. Does not throw exceptions. */
    Outcome run();

    /** Makes {@link #run} return soon. For any thread. */
    void abort();

    /** The outcome if {@link #run} has not returned in time. For any thread. */
    Outcome unfinished();
}
