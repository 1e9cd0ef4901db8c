package io.flowlog.cli.cat;

import io.flowlog.cli.shared.Terminal;
import io.flowlog.parser.FlowLogRow;
import io.flowlog.sink.http.NdjsonWriter;
import java.io.IOException;
import java.io.OutputStream;

/** The formats of {@code --as}. */
enum OutputFormat {
    /** JSON lines, as a lake gets them. */
    JSONL {
        @Override
        RowWriter writer(OutputStream out, Terminal terminal) {
            NdjsonWriter json = new NdjsonWriter(out);
            return new RowWriter() {
                @Override
                public void write(FlowLogRow row) throws IOException {
                    json.write(row);
                }

                @Override
                public void flush() throws IOException {
                    json.flush();
                }
            };
        }
    },
    /** Comma-separated values (RFC 4180) with a header; absent is empty. */
    CSV {
        @Override
        RowWriter writer(OutputStream out, Terminal terminal) {
            return new DelimitedWriter(out, ',');
        }
    },
    /** Tab-separated values with a header; absent is empty. */
    TSV {
        @Override
        RowWriter writer(OutputStream out, Terminal terminal) {
            return new DelimitedWriter(out, '\t');
        }
    },
    /** A table for people. */
    TABLE {
        @Override
        RowWriter writer(OutputStream out, Terminal terminal) {
            return new TableRows(out, terminal);
        }
    },
    /** A flow log again: a header line, and the values as they were written. */
    LOG {
        @Override
        RowWriter writer(OutputStream out, Terminal terminal) {
            return new LogWriter(out);
        }
    };

    abstract RowWriter writer(OutputStream out, Terminal terminal);

    /** Whether the output has one list of columns from its beginning to its end. */
    boolean hasFixedColumns() {
        return this == CSV || this == TSV || this == TABLE;
    }
}
