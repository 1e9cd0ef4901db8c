package io.flowlog.lambda;

import java.util.List;

/**
 * A setting is missing or invalid. The message lists every problem by the name of the variable, and never shows the token.
 * There is no stack trace, because the cause is not in the code.
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
