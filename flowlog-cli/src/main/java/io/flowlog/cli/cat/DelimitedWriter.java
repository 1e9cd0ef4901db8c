package io.flowlog.cli.cat;

import io.flowlog.parser.FlowLogRow;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Writes comma-separated or tab-separated values: the names of the columns, then the values. An absent value is
 * empty. A value with a separator, a quote or a line break is quoted as in RFC 4180. Lines end with {@code \n}. If there is
 * only one column, its absent value is {@code ""}, because libraries skip empty lines.
 */
final class DelimitedWriter implements RowWriter {
    private static final int BUFFER_CHARS = 1 << 16;

    private final Writer out;
    private final char separator;
    private final Text text = new Text();
    private boolean begun;

    DelimitedWriter(OutputStream out, char separator) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER_CHARS);
        this.separator = separator;
    }

    @Override
    public void write(FlowLogRow row) throws IOException {
        int columns = row.format().size();
        if (!begun) {
            begun = true;
            for (int i = 0; i < columns; i++) {
                cell(i, row.format().name(i));
            }
            out.write('\n');
        }
        if (columns == 1 && row.isAbsent(0)) {
            out.write("\"\"");
        } else {
            for (int i = 0; i < columns; i++) {
                cell(i, text.of(row, i));
            }
        }
        out.write('\n');
    }

    private void cell(int column, String value) throws IOException {
        if (column > 0) {
            out.write(separator);
        }
        if (needsQuotes(value)) {
            out.write('"');
            out.write(value.replace("\"", "\"\""));
            out.write('"');
        } else {
            out.write(value);
        }
    }

    private boolean needsQuotes(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == separator || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
