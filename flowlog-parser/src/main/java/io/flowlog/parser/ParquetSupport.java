package io.flowlog.parser;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Reads Parquet files for {@link FlowLogReader}, which finds it with {@link java.util.ServiceLoader}. The library {@code
 * flowlog-parquet} provides it and requires Java 21. Without it, the reader rejects Parquet files.
 */
public interface ParquetSupport {
    /**
     * Opens a Parquet file. Reads its footer.
     *
     * @param file the file; the caller closes it after the rows
     * @param name the name of the file in errors
     * @return the rows; the caller closes them
     * @throws CorruptParquetException if the footer is damaged
     * @throws NotAFlowLogException if the file is valid but has a feature that is not supported
     * @throws IOException if the file cannot be read
     */
    Rows open(RandomAccessInput file, String name) throws IOException;

    /**
     * The rows as text: a line for each row, its columns separated by one space, {@code -} for an absent value. There is no
     * header line. The end of the stream means that all rows of the file were read. For one thread.
     */
    abstract class Rows extends InputStream {
        /** For the implementation. */
        protected Rows() {}

        /**
         * The names of the columns, as a flow log has them.
         *
         * @return one name or more, without white space; a name can occur more than once
         */
        public abstract List<String> columns();
    }
}
