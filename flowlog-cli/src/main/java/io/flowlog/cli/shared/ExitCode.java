package io.flowlog.cli.shared;

/** The exit statuses of the program, documented in docs/cli.md. If several apply, the lowest non-zero one is returned. */
public final class ExitCode {
    /** Everything was done. */
    public static final int OK = 0;

    /** Records were not delivered, or could not be read or written to their end. */
    public static final int NOT_DELIVERED = 1;

    /** The command line is invalid. */
    public static final int USAGE = 2;

    /** Everything else was done, but malformed lines were skipped. */
    public static final int MALFORMED = 3;

    /** An input is missing, cannot be opened, or is not a flow log. */
    public static final int NO_INPUT = 4;

    /** The reader of standard output closed it early, as {@code head} does: the status that a shell shows for SIGPIPE. */
    public static final int BROKEN_PIPE = 141;

    /** Ctrl-C stopped the program before it had done everything: the status that a shell shows for SIGINT. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /**
     * Combines two statuses.
     *
     * @param one an exit status
     * @param other another one
     * @return the one to return for both
     */
    public static int worse(int one, int other) {
        if (one == OK || other == OK) {
            return Math.max(one, other);
        }
        return Math.min(one, other);
    }
}
