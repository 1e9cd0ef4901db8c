package io.flowlog.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBTableFunctionState;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB's scan of flow logs. It has the columns of all inputs, and decodes only those that a query uses. Each input is read
 * by one thread, and as many inputs at a time as DuckDB has threads. DuckDB calls this class on its own threads.
 */
final class FlowScan implements DuckDBTableFunction<FlowScan.Plan, FlowScan.Progress, FlowScan.Worker> {
    /** Finds the inputs of one use of the function. */
    interface Inputs {
        List<FlowInput> of(DuckDBTableFunctionBindInfo call) throws IOException;
    }

    private final Inputs inputs;
    private final MalformedLines malformed;
    private final FirstFailure failure;
    private final int threads;

    FlowScan(Inputs inputs, MalformedLines malformed, FirstFailure failure, int threads) {
        this.inputs = inputs;
        this.malformed = malformed;
        this.failure = failure;
        this.threads = threads;
    }

    /** The columns of all inputs, in the order in which they are found. */
    static List<Column> union(List<FlowInput> inputs) throws IOException {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (FlowInput input : inputs) {
            for (String name : input.columns()) {
                Column column = Column.of(name);
                columns.putIfAbsent(column.key(), column);
            }
        }
        return List.copyOf(columns.values());
    }

    /** What is read, and as what. */
    record Plan(List<FlowInput> inputs, List<Column> columns) {}

    /** Which input is next. */
    record Progress(AtomicInteger next) {}

    @Override
    public Plan bind(DuckDBTableFunctionBindInfo call) throws IOException {
        try {
            List<FlowInput> found = inputs.of(call);
            List<Column> columns = union(found);
            for (Column column : columns) {
                call.addResultColumn(
                        column.sqlName(), column.integer() ? DuckDBColumnType.BIGINT : DuckDBColumnType.VARCHAR);
            }
            if (columns.isEmpty()) {
                // A table needs at least one column.
                call.addResultColumn("version", DuckDBColumnType.BIGINT);
            }
            return new Plan(found, columns.isEmpty() ? List.of(Column.of("version")) : columns);
        } catch (IOException | RuntimeException | Error e) {
            failure.set(e);
            throw e;
        }
    }

    @Override
    public Progress init(DuckDBTableFunctionInitInfo call) throws IOException {
        Plan plan = call.getBindData();
        call.setMaxThreads(Math.max(1, Math.min(threads, plan.inputs().size())));
        if (call.getColumnCount() * 2 > plan.columns().size()) {
            readAllHeaders(plan);
        }
        return new Progress(new AtomicInteger());
    }

    /**
     * A query for most of the columns is most likely one for all: none must be missing that a later header brings. It is
     * known before the first row is given out.
     */
    private void readAllHeaders(Plan plan) throws IOException {
        try {
            Set<String> known = keys(plan);
            for (FlowInput input : plan.inputs()) {
                input.readAllHeaders();
                new RowBuffer(List.of(), known, 0).requireKnown(input.columns());
            }
        } catch (IOException | RuntimeException | Error e) {
            failure.set(e);
            throw e;
        }
    }

    private static Set<String> keys(Plan plan) {
        return Set.copyOf(plan.columns().stream().map(Column::key).toList());
    }

    @Override
    public Worker localInit(DuckDBTableFunctionInitInfo call) {
        Plan plan = call.getBindData();
        List<Column> projected = new ArrayList<>();
        for (long i = 0; i < call.getColumnCount(); i++) {
            projected.add(plan.columns().get((int) call.getColumnIndex(i)));
        }
        return new Worker(plan, projected, keys(plan));
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo call, DuckDBDataChunkWriter chunk) throws IOException {
        Worker worker = call.getLocalInitData();
        Progress progress = call.getInitData();
        try {
            return worker.fill(chunk, progress);
        } catch (IOException | RuntimeException | Error e) {
            failure.set(e);
            throw e;
        }
    }

    /** One thread's part of a scan. */
    final class Worker implements DuckDBTableFunctionState {
        private final Plan plan;
        private final List<Column> projected;
        private final Set<String> known;
        private @Nullable RowBuffer buffer;
        private @Nullable FlowInput input;
        private @Nullable Rows rows;

        Worker(Plan plan, List<Column> projected, Set<String> known) {
            this.plan = plan;
            this.projected = projected;
            this.known = known;
        }

        long fill(DuckDBDataChunkWriter chunk, Progress progress) throws IOException {
            int capacity = (int) chunk.capacity();
            RowBuffer target = buffer;
            if (target == null) {
                target = new RowBuffer(projected, known, capacity);
                buffer = target;
            }
            int count = 0;
            while (count < capacity && (rows != null || openNext(progress))) {
                if (read(target, count)) {
                    count++;
                } else {
                    close();
                }
            }
            target.writeTo(chunk, count);
            return count;
        }

        private boolean read(RowBuffer target, int row) throws IOException {
            try {
                return rows != null && rows.read(target, row);
            } catch (NewColumnsException e) {
                if (input != null) {
                    input.learn(e.columns());
                }
                throw e;
            }
        }

        private boolean openNext(Progress progress) throws IOException {
            int next = progress.next().getAndIncrement();
            if (next >= plan.inputs().size()) {
                return false;
            }
            FlowInput opened = plan.inputs().get(next);
            input = opened;
            rows = opened.rows(malformed.of(opened));
            return true;
        }

        @Override
        public void close() {
            Rows open = rows;
            rows = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
