package io.flowlog.cli;

import io.flowlog.parser.MalformedLine;
import java.io.PrintStream;
import java.util.function.Consumer;

/** Tells malformed lines of one input on standard error: the first ones each, then how many more there were. */
final class MalformedLines implements Consumer<MalformedLine> {
    /** So many are told one by one: {@value}. */
    static final int SHOWN = 10;

    private final PrintStream err;
    private final String source;
    private long count;

    MalformedLines(PrintStream err, String source) {
        this.err = err;
        this.source = source;
    }

    @Override
    public void accept(MalformedLine line) {
        count++;
        if (count <= SHOWN) {
            Errors.tell(err, line.toString());
        }
    }

    long count() {
        return count;
    }

    /** Says how many were not told one by one. */
    void finish() {
        if (count > SHOWN) {
            Errors.tell(err, String.format("%s: %,d more malformed lines, %,d in all", source, count - SHOWN, count));
        }
    }
}
