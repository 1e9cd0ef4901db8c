package io.flowlog.parser;

/** Sees every line that a lenient reader leaves out. */
@FunctionalInterface
public interface MalformedLineHandler {
    /**
     * Called as the line is met, on the thread that reads, in the order of the lines. An exception thrown here ends the
     * reading and reaches the reader's caller.
     *
     * @param line the line and what is wrong with it; may be kept
     */
    void onMalformed(MalformedLine line);
}
