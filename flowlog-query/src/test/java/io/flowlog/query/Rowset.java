package io.flowlog.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A result as a list of rows; each value as text, so that a long and a huge integer compare. */
final class Rowset implements ResultSink {
    private List<String> columns = List.of();
    private final List<List<@Nullable String>> rows = new ArrayList<>();

    static List<@Nullable String> rowOf(@Nullable Object... values) {
        return new ArrayList<>(
                Arrays.stream(values).map(v -> v == null ? null : v.toString()).toList());
    }

    @Override
    public void begin(List<String> names) {
        columns = names;
    }

    @Override
    public boolean row(@Nullable Object[] values) {
        List<@Nullable String> row = new ArrayList<>();
        for (Object value : values) {
            row.add(value == null ? null : value.toString());
        }
        rows.add(row);
        return true;
    }

    @Override
    public void end() {}

    List<String> columns() {
        return columns;
    }

    List<List<@Nullable String>> rows() {
        return rows;
    }
}
