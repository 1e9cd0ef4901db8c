package io.flowlog.cli.shared;

import io.flowlog.parser.MalformedLine;
import java.io.PrintStream;
import java.util.function.Consumer;

/** Reports the malformed lines of one input on standard error: the first ones in full, then how many more there were. */
public final class MalformedLines implements Consumer<MalformedLine> {
    /** The number of lines that are reported in full: {@value}. */
    public static final int SHOWN = 10;

    private final Consumer<String> report;
    private final String source;
    private long count;

    /**
     * A report of one input.
     *
     * @param err standard error
     * @param source the name of the input, for the last message
     */
    public MalformedLines(PrintStream err, String source) {
        this(message -> Errors.print(err, message), source);
    }

    /**
     * A report of one input to another destination, such as above the lines of a {@link Progress}.
     *
     * @param report receives one line at a time
     * @param source the name of the input, for the last message
     */
    public MalformedLines(Consumer<String> report, String source) {
        this.report = report;
        this.source = source;
    }

    @Override
    public void accept(MalformedLine line) {
        if (++count <= SHOWN) {
            report.accept(line.toString());
        }
    }

    /**
     * As {@link #accept}, for a line of an input that is not a flow log.
     *
     * @param message the line's number and what is wrong with it
     */
    public void add(String message) {
        if (++count <= SHOWN) {
            report.accept(message);
        }
    }

    /**
     * The number of malformed lines so far.
     *
     * @return 0 or more
     */
    public long count() {
        return count;
    }

    /** Reports how many lines were not reported in full, if any. Call it once, at the end of the input. */
    public void finish() {
        if (count > SHOWN) {
            report.accept(String.format("%s: %,d more malformed lines, %,d in all", source, count - SHOWN, count));
        }
    }
}
