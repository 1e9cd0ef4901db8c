package io.flowlog.lambda;

/**
 * What became of one object.
 *
 * @param kind done, or how it failed
 * @param message one sentence for the answer and the log, free of secrets and of what the object holds
 */
record Outcome(Kind kind, String message) {

    /** What an outcome means for the one who sent the event. */
    enum Kind {
        /** Delivered, or nothing to deliver. */
        DONE,
        /** Worth trying again as it is. */
        FAILED,
        /** Will fail again until someone changes something. */
        FAILED_FOR_GOOD
    }

    static Outcome done(String message) {
        return new Outcome(Kind.DONE, message);
    }

    static Outcome failed(String message, boolean forGood) {
        return new Outcome(forGood ? Kind.FAILED_FOR_GOOD : Kind.FAILED, message);
    }

    boolean isDone() {
        return kind == Kind.DONE;
    }
}
