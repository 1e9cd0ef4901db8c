package io.flowlog.lambda;

import java.util.List;

/**
 * The environment is not one that the function can run with. The message lists every problem, by the names of variables
 * and never by their values. It has no stack trace: what is wrong is not in the code.
 */
final class SettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    SettingsException(List<String> problems) {
        super("flowlog cannot start: " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
