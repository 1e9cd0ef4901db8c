package io.flowlog.query;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the result of a query, row by row. */
interface ResultSink {
    /** Called once, before the first row. */
    void begin(List<String> columns) throws IOException;

    /**
     * Receives a row.
     *
     * @param values a number, a text, a boolean, a time or null each
     * @return whether more rows are wanted
     */
    boolean row(@Nullable Object[] values) throws IOException;

    /** Called once, after the last row. */
    void end() throws IOException;
}
