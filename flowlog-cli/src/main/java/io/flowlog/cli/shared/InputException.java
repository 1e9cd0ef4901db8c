package io.flowlog.cli.shared;

import java.io.IOException;

/** An input is missing or cannot be opened. The program's exit status for it is {@link ExitCode#NO_INPUT}. */
public final class InputException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String problem;

    InputException(Object input, String problem) {
        super(input + ": " + problem);
        this.problem = problem;
    }

    /** What is wrong, without the name of the input. */
    String problem() {
        return problem;
    }
}
