package io.flowlog.cli.cat;

import io.flowlog.parser.FlowLogRow;
import java.io.IOException;

/** Writes records in one of the formats of {@link OutputFormat}. */
interface RowWriter {
    /** Writes a record; the row is read before this method returns. */
    void write(FlowLogRow row) throws IOException;

    /** Writes everything that is still in memory. */
    void flush() throws IOException;
}
