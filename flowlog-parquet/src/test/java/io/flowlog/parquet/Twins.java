package io.flowlog.parquet;

import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.FlowLogRow;
import io.flowlog.parser.MalformedLine;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sample.SampleGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What several tests need: rows as text, generated flow logs, and DuckDB as the program that writes Parquet. */
final class Twins {
    static final Path FOLDER = Path.of("src/test/resources/twins");

    private Twins() {}

    /** The header and all rows with their line numbers; malformed rows are added to the list. */
    static List<String> rows(Path file, List<MalformedLine> malformed) throws IOException {
        List<String> rows = new ArrayList<>();
        try (FlowLogReader reader =
                FlowLogReader.builder().onMalformed(malformed::add).open(file)) {
            reader.format().ifPresent(format -> rows.add(format.toString()));
            while (reader.advance()) {
                rows.add(text(reader.row()));
            }
        }
        return rows;
    }

    static List<String> rows(Path file) throws IOException {
        List<MalformedLine> malformed = new ArrayList<>();
        List<String> rows = rows(file, malformed);
        if (!malformed.isEmpty()) {
            throw new AssertionError("malformed: " + malformed);
        }
        return rows;
    }

    private static String text(FlowLogRow row) {
        byte[] line = new byte[1 << 16];
        int length = row.copyLineTo(line, 0, new int[row.format().size()]);
        return row.lineNumber() + ": " + new String(line, 0, length, StandardCharsets.UTF_8);
    }

    /** A generated flow log. */
    static Path text(Path folder, SampleFormat format, long records) throws IOException {
        Path file = folder.resolve(format + ".log");
        try (OutputStream out = Files.newOutputStream(file)) {
            new SampleGenerator(format, 5).writeRecords(out, records);
        }
        return file;
    }

    /** The result of an SQL query as a Parquet file. */
    static Path write(Path file, String sql, String options) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("COPY (" + sql + ") TO '" + file + "' (FORMAT parquet" + options + ")");
        }
        return file;
    }

    /**
     * The columns of a text flow log, for {@link #write}.
     *
     * @param column the expression for a column, whose value is text or absent as {@code -}
     */
    static String select(Path text, Function<String, String> column) throws IOException {
        List<String> names;
        try (var lines = Files.lines(text)) {
            names = List.of(lines.findFirst().orElseThrow().split(" "));
        }
        List<String> columns = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (String name : names) {
            columns.add(column.apply(name));
            types.add("'" + name + "': 'VARCHAR'");
        }
        return "SELECT " + String.join(", ", columns) + " FROM read_csv('" + text
                + "', delim = ' ', header = true, auto_detect = false, quote = '', escape = '', columns = {"
                + String.join(", ", types) + "})";
    }
}
