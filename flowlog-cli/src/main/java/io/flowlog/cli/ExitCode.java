package io.flowlog.cli;

/** The exit statuses of the program, documented in docs/cli.md. Where several hold, the smallest one but 0 is given. */
final class ExitCode {
    /** Everything was done. */
    static final int OK = 0;

    /** Records were not delivered, or could not be read or written to their end. */
    static final int NOT_DELIVERED = 1;

    /** The command line is wrong. */
    static final int USAGE = 2;

    /** Everything else was done, but there were malformed lines, which were left out. */
    static final int MALFORMED = 3;

    /** An input is missing, cannot be opened, or is not a flow log. */
    static final int NO_INPUT = 4;

    /** Standard output was closed before its end, as by {@code head}: what a shell says of SIGPIPE. */
    static final int BROKEN_PIPE = 141;

    private ExitCode() {}

    /** The status that tells more of the two. */
    static int worse(int one, int other) {
        if (one == OK || other == OK) {
            return Math.max(one, other);
        }
        return Math.min(one, other);
    }
}
