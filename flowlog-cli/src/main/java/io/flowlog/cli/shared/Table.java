package io.flowlog.cli.shared;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes an aligned table for people: a line of titles, then a line for each row. The first rows determine the
 * widths, so a table of any length needs little memory. If the table is wider than the terminal, its widest text columns
 * are cut in the middle. Numbers are never cut.
 *
 * <p>Call {@link #row} for each row and {@link #finish} at the end. Not safe for use by several threads.
 */
public final class Table {
    private static final int MEASURED_ROWS = 200;
    private static final int NARROWEST = 6;
    private static final String GAP = "  ";
    private static final String ELLIPSIS = "…";

    private final Appendable out;
    private final int lineWidth;
    private final boolean colours;
    private final String indent;
    private final List<Column> columns;
    private final List<List<String>> waiting = new ArrayList<>();
    private final int[] widths;
    private boolean measured;

    /**
     * A column.
     *
     * @param title its name
     * @param number whether to align it to the right and never to cut it
     */
    public record Column(String title, boolean number) {
        /** A column of text. */
        public static Column text(String title) {
            return new Column(title, false);
        }

        /** A column of numbers. */
        public static Column number(String title) {
            return new Column(title, true);
        }
    }

    /**
     * An empty table.
     *
     * @param out receives the table; its exceptions are passed on
     * @param lineWidth the longest line, or {@link Terminal#UNLIMITED}
     * @param colours whether to show the titles in bold
     * @param indent put before every line
     * @param columns at least one
     */
    public Table(Appendable out, int lineWidth, boolean colours, String indent, List<Column> columns) {
        this.out = out;
        this.lineWidth = lineWidth;
        this.colours = colours;
        this.indent = indent;
        this.columns = List.copyOf(columns);
        this.widths = new int[columns.size()];
    }

    /**
     * Adds a row.
     *
     * @param cells as many as there are columns; characters that would break the line are replaced
     * @throws IOException if the output fails
     */
    public void row(List<String> cells) throws IOException {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        List<String> safe = cells.stream().map(Errors::oneLine).toList();
        if (measured) {
            write(safe);
            return;
        }
        waiting.add(safe);
        if (waiting.size() == MEASURED_ROWS) {
            writeWaiting();
        }
    }

    /**
     * Writes the remaining rows. A table without rows has only its titles.
     *
     * @throws IOException if the output fails
     */
    public void finish() throws IOException {
        if (!measured) {
            writeWaiting();
        }
    }

    private void writeWaiting() throws IOException {
        List<String> titles = columns.stream().map(Column::title).toList();
        measure(titles);
        waiting.forEach(this::measure);
        fit();
        measured = true;
        write(titles, colours);
        for (List<String> row : waiting) {
            write(row);
        }
        waiting.clear();
    }

    private void measure(List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], length(cells.get(i)));
        }
    }

    /** Takes characters from the widest column of text until the line fits, or no column can become narrower. */
    private void fit() {
        long excess = indent.length()
                + (long) GAP.length() * (widths.length - 1)
                + Arrays.stream(widths).sum()
                - lineWidth;
        while (excess > 0) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                if (!columns.get(i).number() && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0 || widths[widest] <= NARROWEST) {
                return;
            }
            widths[widest]--;
            excess--;
        }
    }

    private void write(List<String> cells) throws IOException {
        write(cells, false);
    }

    private void write(List<String> cells, boolean bold) throws IOException {
        StringBuilder line = new StringBuilder(indent);
        for (int i = 0; i < widths.length; i++) {
            boolean number = columns.get(i).number();
            String cell = number ? cells.get(i) : shortened(cells.get(i), widths[i]);
            String padding = " ".repeat(Math.max(0, widths[i] - length(cell)));
            line.append(i == 0 ? "" : GAP).append(number ? padding + cell : cell + padding);
        }
        String text = line.toString().stripTrailing();
        out.append(bold ? "\u001b[1m" + text + "\u001b[m" : text).append('\n');
    }

    /**
     * Cuts text in the middle, because names of files and keys differ at both ends.
     *
     * @param text any text
     * @param width the most characters, 1 or more
     * @return the text, or its two ends with an ellipsis between them
     */
    public static String shortened(String text, int width) {
        int length = length(text);
        if (length <= width) {
            return text;
        }
        int head = (width - 1) / 2;
        int tail = width - 1 - head;
        return text.substring(0, text.offsetByCodePoints(0, head))
                + ELLIPSIS
                + text.substring(text.offsetByCodePoints(0, length - tail));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
