package io.flowlog.query;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** The records of one input, from its beginning. For one thread. */
interface Rows extends Closeable {
    /** The names of the first header; empty when the input has no records. */
    List<String> firstColumns() throws IOException;

    /** Reads to the end, for the names of all headers. */
    Collection<String> allColumns() throws IOException;

    /**
     * Writes the next record.
     *
     * @param row the index in {@code target}
     * @return false at the end of the input
     * @throws NewColumnsException when a header has columns that {@code target} does not know
     * @throws IOException when the input is damaged or cannot be read
     */
    boolean read(RowBuffer target, int row) throws IOException;
}
