package io.flowlog.parquet;

import io.flowlog.parser.ParquetSupport;
import io.flowlog.parser.RandomAccessInput;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads Parquet flow logs, as AWS and other programs write them. {@code FlowLogReader} finds this class with {@link
 * java.util.ServiceLoader}, so programs need not name it.
 *
 * <p>The columns are those of the schema. Names are written as in a text flow log: in lower case, with {@code -} for {@code _}.
 * A name that is no flow log name even then stays as it is. A null and an empty text are absent. The values are
 * decoded in the thread that reads. Memory holds a page of each column, not the file. Safe for use by several threads.
 */
public final class ParquetFlowLogs implements ParquetSupport {
    /** Kept, because the JDK forgets the level of a logger that nobody refers to. */
    private static final Logger HARDWOOD = Logger.getLogger("dev.hardwood.internal.encoding.simd");

    static {
        if (HARDWOOD.getLevel() == null) {
            // hardwood announces on standard error that it does not use the incubating Vector API.
            HARDWOOD.setLevel(Level.WARNING);
        }
    }

    /** For {@link java.util.ServiceLoader}. */
    public ParquetFlowLogs() {}

    @Override
    public Rows open(RandomAccessInput file, String name) throws IOException {
        return new ParquetRows(Footer.read(file, name), file, name);
    }
}
