package io.flowlog.cli.shared;

/** An error that the user can correct. It becomes one line on standard error and an exit status. */
public final class UserError extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * An error.
     *
     * @param exitCode one of {@link ExitCode}
     * @param message one line
     */
    public UserError(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    /**
     * The exit status of the program.
     *
     * @return one of {@link ExitCode}
     */
    public int exitCode() {
        return exitCode;
    }
}
