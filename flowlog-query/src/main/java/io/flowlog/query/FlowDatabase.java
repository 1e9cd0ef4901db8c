package io.flowlog.query;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBFunctions;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory DuckDB database that runs SQL on the inputs. The view {@code flows} contains all of them, and the table
 * function {@code flows('FILE')} one file. For one thread; DuckDB itself uses as many threads as the limits allow.
 */
final class FlowDatabase implements AutoCloseable {
    private static final String INPUTS = "flowlog_inputs";

    /**
     * The resources that a database can use.
     *
     * @param threads 1 or more
     * @param memoryBytes the memory of DuckDB; data that does not fit is written to temporary files
     * @param temporary an existing folder for these files; the caller deletes it
     */
    record Limits(int threads, long memoryBytes, Path temporary) {}

    private final List<FlowInput> inputs;
    private final Connection connection;
    private final FirstFailure failure = new FirstFailure();
    private final MalformedLines malformed;
    private final Consumer<String> report;
    private final Map<String, FlowInput> named = new LinkedHashMap<>();
    private final Failures failures;
    private boolean allHeadersRead;
    private boolean loaded;

    /**
     * Opens a database.
     *
     * @param inputs the content of {@code flows}
     * @param report receives messages for people in addition to the answer, one line at a time
     */
    FlowDatabase(List<FlowInput> inputs, Limits limits, Consumer<String> report) throws QueryException {
        this.inputs = List.copyOf(inputs);
        this.report = report;
        this.malformed = new MalformedLines(report);
        this.failures = new Failures(limits, this::columnsKnown);
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:", settings(limits));
        } catch (SQLException e) {
            throw failures.of(e, null);
        } catch (ExceptionInInitializerError | NoClassDefFoundError | UnsatisfiedLinkError e) {
            throw Failures.ofLibrary(e);
        }
        try {
            execute("set timezone = 'UTC'");
            register("flows", call -> List.of(file(call.getParameter(0).getString())), limits, true);
            register(INPUTS, call -> readByParser(), limits, false);
        } catch (SQLException e) {
            close();
            throw failures.of(e, failure.take());
        }
    }

    private static Properties settings(Limits limits) {
        Properties settings = new Properties();
        settings.setProperty("threads", Integer.toString(limits.threads()));
        settings.setProperty("memory_limit", limits.memoryBytes() + "B");
        settings.setProperty("temp_directory", limits.temporary().toString());
        // DuckDB must not download extensions without the user's knowledge.
        settings.setProperty("autoinstall_known_extensions", "false");
        return settings;
    }

    private void register(String name, FlowScan.Inputs found, Limits limits, boolean withParameter)
            throws SQLException {
        try (var function = DuckDBFunctions.tableFunction()) {
            function.withName(name)
                    .withProjectionPushdown()
                    .withFunction(new FlowScan(found, malformed, failure, limits.threads()));
            if (withParameter) {
                function.withParameter(DuckDBColumnType.VARCHAR);
            }
            function.register(connection);
        }
    }

    /** A file of the table function. DuckDB reads Parquet itself, and a table function cannot call another one. */
    private FlowInput file(String path) throws IOException {
        FlowInput found = named.computeIfAbsent(path, name -> FlowInput.of(Path.of(name)));
        if (found.kind() == FlowInput.Kind.PARQUET) {
            String call = "(" + Sql.text(path) + ")";
            throw new IllegalArgumentException(path + " is a Parquet file; write read_parquet" + call
                    + " instead of flows" + call + ", or name the file as an input");
        }
        return found;
    }

    private List<FlowInput> readByParser() throws IOException {
        List<FlowInput> found = new ArrayList<>();
        for (FlowInput input : inputs) {
            if (input.kind() != FlowInput.Kind.PARQUET) {
                found.add(input);
            }
        }
        return found;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The columns of the view {@code flows}, as far as headers have been read. */
    List<Column> columns() throws QueryException {
        try {
            return new FlowsView(connection, inputs).columns();
        } catch (IOException | SQLException e) {
            throw failures.of(e, failure.take());
        }
    }

    private List<Column> columnsKnown() {
        try {
            return columns();
        } catch (QueryException e) {
            return List.of();
        }
    }

    /**
     * Runs any SQL.
     *
     * @param sql one statement or several; the result is that of the last one
     */
    void run(String sql, ResultSink sink) throws QueryException, IOException {
        run(sql, List.of(), sink);
    }

    /**
     * Runs SQL over columns that may be missing.
     *
     * @param optional columns that are {@code NULL} where no input has them
     */
    void runWith(List<Column> optional, String sql, ResultSink sink) throws QueryException, IOException {
        run(sql, optional, sink);
    }

    /**
     * Answers a question.
     *
     * @param limit rows at most; 0 is all
     */
    void run(NamedQuery query, long limit, ResultSink sink) throws QueryException, IOException {
        requireColumns(query);
        List<Column> optional = new ArrayList<>(query.needs());
        optional.addAll(query.uses());
        run(limit == 0 ? query.sql() : query.sql() + "\nlimit " + limit, optional, sink);
    }

    /**
     * Reads the inputs once, into a table that all later queries use. What does not fit into memory goes to temporary
     * files.
     *
     * @param wanted the columns to keep; those that no input has are left out
     */
    void load(List<Column> wanted) throws QueryException, IOException {
        readAllHeaders();
        List<String> keys = columns().stream().map(Column::key).toList();
        List<String> names = new ArrayList<>();
        for (Column column : wanted) {
            if (keys.contains(column.key()) && !names.contains(column.quoted())) {
                names.add(column.quoted());
            }
        }
        String list = names.isEmpty() ? "*" : String.join(", ", names);
        run("create table " + FlowsView.LOADED + " as select " + list + " from flows", List.of(), new Discard());
        loaded = true;
    }

    /** Makes sure that a query's columns are there, or says which are not. */
    void requireColumns(NamedQuery query) throws QueryException {
        List<Column> missing = missing(query);
        if (!missing.isEmpty()) {
            readAllHeaders();
            missing = missing(query);
        }
        if (!missing.isEmpty() && !columns().isEmpty()) {
            throw failures.missingColumns(query.name(), missing);
        }
        try {
            reportInputsWithout(query);
        } catch (IOException | SQLException e) {
            throw failures.of(e, null);
        }
    }

    /** The columns that a query needs and no header has, as far as headers have been read. */
    List<Column> missing(NamedQuery query) throws QueryException {
        List<String> keys = columns().stream().map(Column::key).toList();
        return query.needs().stream()
                .filter(column -> !keys.contains(column.key()))
                .toList();
    }

    /** Inputs of a format that lacks a column do not fail the others, but their records are not in the answer. */
    private void reportInputsWithout(NamedQuery query) throws IOException, SQLException {
        FlowsView view = new FlowsView(connection, inputs);
        for (FlowInput input : inputs) {
            List<String> keys = view.columns(input).stream().map(Column::key).toList();
            List<Column> missing = query.needs().stream()
                    .filter(column -> !keys.contains(column.key()))
                    .toList();
            if (!keys.isEmpty() && !missing.isEmpty()) {
                report.accept(input.name() + ": does not have " + Failures.names(missing) + "; the answer to "
                        + query.name() + " leaves its records out");
            }
        }
    }

    private void run(String sql, List<Column> optional, ResultSink sink) throws QueryException, IOException {
        OnceSink once = new OnceSink(sink);
        boolean stream = true;
        while (true) {
            failure.take();
            try {
                // Rows are read as DuckDB produces them, so that the result does not have to fit into memory.
                execute("set jdbc_stream_results = " + stream);
                execute(new FlowsView(connection, inputs).sql(optional, loaded));
                runOnce(sql, once);
                return;
            } catch (SQLException e) {
                Throwable cause = failure.take();
                if (cause instanceof NewColumnsException && !once.begun()) {
                    continue;
                }
                if (cause == null && stream && Failures.isHiddenByStreaming(e) && !once.begun()) {
                    stream = false;
                    continue;
                }
                if (cause == null && Failures.isMissingColumn(e) && !allHeadersRead) {
                    int before = columns().size();
                    readAllHeaders();
                    if (columns().size() > before) {
                        continue;
                    }
                }
                throw failures.of(e, cause);
            } catch (IOException e) {
                if (once.failed()) {
                    throw e;
                }
                throw failures.of(e, failure.take());
            }
        }
    }

    private void runOnce(String sql, OnceSink sink) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return;
            }
            try (ResultSet result = statement.getResultSet()) {
                var about = result.getMetaData();
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= about.getColumnCount(); i++) {
                    columns.add(about.getColumnLabel(i));
                }
                boolean more = true;
                while (more && result.next()) {
                    @Nullable Object[] values = new @Nullable Object[columns.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = Values.read(result, i + 1);
                    }
                    more = sink.row(columns, values);
                }
                sink.end(columns);
            }
        }
    }

    private void readAllHeaders() throws QueryException {
        allHeadersRead = true;
        try {
            for (FlowInput input : readByParser()) {
                input.readAllHeaders();
            }
        } catch (IOException e) {
            throw failures.of(e, null);
        }
    }

    /** The number of malformed lines in all queries so far. */
    long malformed() {
        return malformed.count();
    }

    /** Reports what was not reported in full. Call it once, after the last query. */
    void finish() {
        malformed.finish();
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            report.accept("DuckDB did not close: " + e.getMessage());
        }
    }

    /** For statements without a result of interest. */
    private static final class Discard implements ResultSink {
        @Override
        public void begin(List<String> columns) {}

        @Override
        public boolean row(@Nullable Object[] values) {
            return true;
        }

        @Override
        public void end() {}
    }

    /** Begins the sink at the first row, so that a query can be run again before it. */
    private static final class OnceSink {
        private final ResultSink sink;
        private boolean begun;
        private boolean failed;

        OnceSink(ResultSink sink) {
            this.sink = sink;
        }

        boolean begun() {
            return begun;
        }

        /** Whether an exception came from the sink. */
        boolean failed() {
            return failed;
        }

        boolean row(List<String> columns, @Nullable Object[] values) throws IOException {
            begin(columns);
            failed = true;
            boolean more = sink.row(values);
            failed = false;
            return more;
        }

        void end(List<String> columns) throws IOException {
            begin(columns);
            failed = true;
            sink.end();
            failed = false;
        }

        private void begin(List<String> columns) throws IOException {
            if (!begun) {
                begun = true;
                failed = true;
                sink.begin(columns);
                failed = false;
            }
        }
    }
}
