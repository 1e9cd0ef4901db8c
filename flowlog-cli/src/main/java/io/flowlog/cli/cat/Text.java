package io.flowlog.cli.cat;

import io.flowlog.parser.FlowLogRow;
import java.nio.charset.StandardCharsets;

/** The text of a column as it is written in the log. */
final class Text {
    private byte[] bytes = new byte[256];

    /** The text, empty if the column is absent; bytes that are not UTF-8 become U+FFFD. Integers are in base 10. */
    String of(FlowLogRow row, int column) {
        if (row.isAbsent(column)) {
            return "";
        }
        if (row.format().isInteger(column)) {
            return Long.toString(row.longValue(column, 0));
        }
        int length = row.length(column);
        if (length > bytes.length) {
            bytes = new byte[length];
        }
        row.copyTo(column, bytes, 0);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
