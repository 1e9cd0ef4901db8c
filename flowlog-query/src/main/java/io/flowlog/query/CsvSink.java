package io.flowlog.query;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a result as CSV (RFC 4180) with a header line; NULL is an empty field, an empty text is in quotes. */
final class CsvSink implements ResultSink {
    private final Writer out;
    private final long limit;
    private long rows;

    /**
     * A sink.
     *
     * @param limit rows at most; 0 is all
     */
    CsvSink(Writer out, long limit) {
        this.out = out;
        this.limit = limit;
    }

    @Override
    public void begin(List<String> columns) throws IOException {
        write(columns.toArray());
    }

    @Override
    public boolean row(@Nullable Object[] values) throws IOException {
        if (limit > 0 && rows == limit) {
            return false;
        }
        rows++;
        write(values);
        return true;
    }

    private void write(@Nullable Object[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                out.write(',');
            }
            Object value = values[i];
            if (value != null) {
                out.write(field(Values.text(value)));
            }
        }
        out.write('\n');
    }

    private static String field(String text) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }
}
