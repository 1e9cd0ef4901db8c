package io.flowlog.parser;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Opens an input that begins like a Parquet file. */
final class ParquetInput {
    private static final int SHOWN_NAMES = 5;

    private ParquetInput() {}

    static boolean isParquet(byte[] first, int count) {
        return count >= 4 && first[0] == 'P' && first[1] == 'A' && first[2] == 'R' && first[3] == '1';
    }

    static ParquetSupport.Rows open(InputStream in, String name) throws IOException {
        ParquetSupport support = support(name);
        if (!(in instanceof RandomAccessInput file)) {
            throw NotAFlowLogException.parquet(
                    name,
                    "expected a text flow log, found a Parquet file; Parquet cannot be read from a stream, only from a file");
        }
        ParquetSupport.Rows rows = support.open(file, name);
        List<String> columns = rows.columns();
        if (columns.stream().noneMatch(column -> FlowLogField.of(column).isPresent())) {
            rows.close();
            String found = String.join(", ", columns.subList(0, Math.min(SHOWN_NAMES, columns.size())));
            throw new NotAFlowLogException(
                    NotAFlowLogException.Kind.NO_HEADER,
                    name,
                    "expected columns with the names of flow log fields, found a Parquet file with " + columns.size()
                            + " other columns: " + Text.oneLine(found)
                            + (columns.size() > SHOWN_NAMES ? ", ..." : ""));
        }
        return rows;
    }

    static NotAFlowLogException insideGzip(String name) throws NotAFlowLogException {
        support(name);
        return NotAFlowLogException.parquet(
                name,
                "expected text inside gzip, found a Parquet file, which is compressed itself; decompress it once");
    }

    private static ParquetSupport support(String name) throws NotAFlowLogException {
        Throwable cause = null;
        try {
            Iterator<ParquetSupport> found = ServiceLoader.load(
                            ParquetSupport.class, ParquetSupport.class.getClassLoader())
                    .iterator();
            if (found.hasNext()) {
                return found.next();
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            cause = e;
        }
        NotAFlowLogException missing = NotAFlowLogException.parquet(
                name,
                "expected a text flow log, found a Parquet file, which "
                        + (cause == null
                                ? "this build of flowlog cannot read; build flowlog with JDK 21 or newer"
                                : "requires Java 21 or newer, but this is Java "
                                        + Runtime.version().feature() + "; run flowlog with Java 21 or newer")
                        + ", or set the flow log's format to text");
        missing.initCause(cause);
        throw missing;
    }
}
