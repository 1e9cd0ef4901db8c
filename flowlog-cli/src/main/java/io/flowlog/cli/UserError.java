package io.flowlog.cli;

/** Something that the user can put right: becomes one line on standard error and an exit status. */
final class UserError extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    UserError(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
