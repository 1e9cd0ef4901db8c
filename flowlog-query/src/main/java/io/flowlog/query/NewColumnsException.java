package io.flowlog.query;

import java.io.IOException;
import java.util.List;

/** A header in the middle of an input has columns that the query was not prepared for. */
final class NewColumnsException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient List<String> columns;

    NewColumnsException(List<String> columns) {
        super("columns that the first header does not have: " + String.join(", ", columns));
        this.columns = columns;
    }

    List<String> columns() {
        return columns;
    }
}
