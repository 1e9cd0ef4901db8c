package io.flowlog.cli.shared;

import io.flowlog.parser.FlowLogFilter;
import io.flowlog.parser.FlowLogFilter.InvalidFilterException;

/** Filters that are given as options. */
public final class Filters {
    private Filters() {}

    /**
     * Parses a filter.
     *
     * @param option the option, for the message
     * @param expression what the user wrote
     * @return the filter
     * @throws UserError if the expression is invalid
     */
    public static FlowLogFilter parse(String option, String expression) throws UserError {
        try {
            return FlowLogFilter.parse(expression);
        } catch (InvalidFilterException e) {
            throw new UserError(ExitCode.USAGE, option + ": " + e.getMessage());
        }
    }

    /**
     * The error for a filter with a field that AWS does not document and the input does not have.
     *
     * @param option the option, for the message
     * @param source the name of the input
     * @param e what the filter threw
     * @return the error to throw
     */
    public static UserError invalid(String option, String source, InvalidFilterException e) {
        return new UserError(ExitCode.USAGE, option + ": " + source + ": " + e.getMessage());
    }
}
