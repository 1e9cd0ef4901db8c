package io.flowlog.query;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The view {@code flows}: the records that the parser reads, and Parquet files, which DuckDB reads itself. */
final class FlowsView {
    /** The table that the inputs were read into. */
    static final String LOADED = "flowlog_loaded";

    private final Connection connection;
    private final List<FlowInput> inputs;

    FlowsView(Connection connection, List<FlowInput> inputs) {
        this.connection = connection;
        this.inputs = inputs;
    }

    /** The columns of all inputs together. */
    List<Column> columns() throws IOException, SQLException {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (FlowInput input : inputs) {
            for (Column column : columns(input)) {
                columns.putIfAbsent(column.key(), column);
            }
        }
        return List.copyOf(columns.values());
    }

    /** The columns of one input. */
    List<Column> columns(FlowInput input) throws IOException, SQLException {
        if (input.kind() != FlowInput.Kind.PARQUET) {
            return FlowScan.union(List.of(input));
        }
        List<Column> columns = new ArrayList<>();
        for (String name : parquetColumns(input).keySet()) {
            columns.add(Column.of(name));
        }
        return columns;
    }

    /**
     * The statement that creates the view.
     *
     * @param optional columns that are {@code NULL} if no input has them
     * @param loaded whether the inputs have been read into a table
     */
    String sql(List<Column> optional, boolean loaded) throws IOException, SQLException {
        String all = loaded ? "select * from " + LOADED : selects();
        String absent = absent(optional);
        return "create or replace temp view flows as "
                + (absent.isEmpty() ? all : "select *" + absent + " from (" + all + ")");
    }

    private String selects() throws IOException, SQLException {
        List<String> parts = new ArrayList<>();
        Map<String, List<Path>> parquet = new LinkedHashMap<>();
        for (FlowInput input : inputs) {
            if (input.kind() == FlowInput.Kind.PARQUET) {
                parquet.computeIfAbsent(parquetSelect(input), select -> new ArrayList<>())
                        .add(input.file().orElseThrow());
            }
        }
        if (parquet.isEmpty()
                || inputs.size()
                        > parquet.values().stream().mapToInt(List::size).sum()) {
            parts.add("select * from flowlog_inputs()");
        }
        parquet.forEach((select, files) -> parts.add(select + " from read_parquet(["
                + String.join(
                        ", ", files.stream().map(f -> Sql.text(f.toString())).toList()) + "])"));
        return String.join(" union all by name ", parts);
    }

    private String absent(List<Column> optional) throws IOException, SQLException {
        List<Column> columns = columns();
        List<String> present = new ArrayList<>(columns.stream().map(Column::key).toList());
        if (columns.isEmpty()) {
            present.add("version");
        }
        StringBuilder absent = new StringBuilder();
        for (Column column : optional) {
            if (!present.contains(column.key())) {
                absent.append(", cast(null as ")
                        .append(column.sqlType())
                        .append(") as ")
                        .append(column.quoted());
                present.add(column.key());
            }
        }
        return absent.toString();
    }

    /** The columns of a Parquet file as columns of {@code flows}. */
    private String parquetSelect(FlowInput input) throws SQLException {
        List<String> expressions = new ArrayList<>();
        parquetColumns(input).forEach((name, type) -> {
            Column column = Column.of(name);
            String value = Sql.name(name);
            String text = type.equals("VARCHAR") ? "nullif(" + value + ", '-')" : value;
            boolean asItIs = type.equals(column.sqlType()) && !type.equals("VARCHAR");
            expressions.add(
                    (asItIs ? value : "cast(" + text + " as " + column.sqlType() + ")") + " as " + column.quoted());
        });
        return "select " + String.join(", ", expressions);
    }

    private Map<String, String> parquetColumns(FlowInput input) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        String describe = "describe select * from read_parquet("
                + Sql.text(input.file().orElseThrow().toString()) + ")";
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(describe)) {
            while (result.next()) {
                types.put(result.getString(1), result.getString(2));
            }
        }
        return types;
    }
}
