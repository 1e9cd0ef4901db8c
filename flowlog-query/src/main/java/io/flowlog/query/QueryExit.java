package io.flowlog.query;

import io.flowlog.cli.shared.ExitCode;

/** Exit statuses of queries, documented in docs/cli.md. */
final class QueryExit {
    /** The input does not have a column that the query needs. */
    static final int MISSING_COLUMN = 5;

    private QueryExit() {}

    static int of(QueryException.Reason reason) {
        return switch (reason) {
            case SQL -> ExitCode.USAGE;
            case MISSING_COLUMN -> MISSING_COLUMN;
            case NO_INPUT -> ExitCode.NO_INPUT;
            case DAMAGED_INPUT, NO_SPACE, FAILED -> ExitCode.NOT_DELIVERED;
        };
    }
}
