package io.flowlog.query;

import io.flowlog.cli.shared.Table;
import io.flowlog.cli.shared.Terminal;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a result as a table for people. On a terminal, a bar shows how large the number is that a question sorts by. */
final class TableSink implements ResultSink {
    private static final Pattern SORTED_BY = Pattern.compile("order by (\\w+) desc");
    private static final int BAR = 16;
    /** So many rows are kept, to know what the columns hold and how long the longest bar is. */
    private static final int KEPT = 500;

    private final Writer out;
    private final Terminal terminal;
    private final @Nullable NamedQuery named;
    private final long limit;
    private final List<String> notes;
    private final List<@Nullable Object[]> kept = new ArrayList<>();
    private List<String> columns = List.of();
    private @Nullable Table table;
    private int leading = -1;
    private double largest;
    private long rows;

    /**
     * A sink.
     *
     * @param named the question, if it is one
     * @param limit rows at most; 0 is all
     * @param notes receives messages for people in addition to the table
     */
    TableSink(Writer out, Terminal terminal, @Nullable NamedQuery named, long limit, List<String> notes) {
        this.out = out;
        this.terminal = terminal;
        this.named = named;
        this.limit = limit;
        this.notes = notes;
    }

    @Override
    public void begin(List<String> names) {
        columns = names;
    }

    @Override
    public boolean row(@Nullable Object[] values) throws IOException {
        if (limit > 0 && rows == limit) {
            notes.add("these are the first " + limit + " rows; --limit 0 shows all");
            return false;
        }
        rows++;
        if (table != null) {
            write(table, values);
        } else {
            kept.add(values);
            if (kept.size() == KEPT) {
                writeKept();
            }
        }
        return true;
    }

    private Table writeKept() throws IOException {
        leading = named == null || !terminal.out() ? -1 : leadingColumn(named);
        List<Table.Column> shown = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            boolean number =
                    kept.stream().map(row -> row[column]).allMatch(value -> value == null || value instanceof Number)
                            && !Cells.isShownByName(columns.get(i));
            shown.add(new Table.Column(columns.get(i), number));
            if (i == leading) {
                largest = kept.stream()
                        .mapToDouble(row -> number(row[column]))
                        .max()
                        .orElse(0);
                shown.add(Table.Column.text(""));
            }
        }
        Table made = new Table(out, terminal.outColumns(), terminal.colours(), "", shown);
        table = made;
        for (@Nullable Object[] row : kept) {
            write(made, row);
        }
        kept.clear();
        return made;
    }

    private int leadingColumn(NamedQuery query) {
        Matcher sorted = SORTED_BY.matcher(query.sql());
        return columns.indexOf(sorted.find() ? sorted.group(1) : "bytes");
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    private void write(Table to, @Nullable Object[] values) throws IOException {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            cells.add(Cells.of(columns.get(i), values[i]));
            if (i == leading) {
                double share = largest == 0 ? 0 : number(values[i]) / largest;
                cells.add("\u2588".repeat((int) Math.min(BAR, Math.ceil(share * BAR))));
            }
        }
        to.row(cells);
    }

    @Override
    public void end() throws IOException {
        Table made = table == null ? writeKept() : table;
        made.finish();
        if (rows == 0) {
            notes.add("no records answer this");
        }
        out.flush();
    }
}
