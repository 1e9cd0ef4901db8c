package io.flowlog.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what the report shows: the inputs once, then a query for each panel. */
final class ReportData {
    private static final long[] STEPS = {10, 60, 300, 900, 3600, 6 * 3600, 86_400, 7 * 86_400};
    private static final int MOST_POINTS = 150;
    private static final long ROWS = 10;
    private static final int PORTS = 5;
    private final FlowDatabase database;
    private final List<FlowInput> inputs;
    private final double natPrice;
    private final double zonePrice;

    /** A result, or why there is none. */
    record Panel(
            List<String> columns,
            List<@Nullable Object[]> rows,
            @Nullable String missing) {
        @Nullable
        Object at(int row, int column) {
            return rows.get(row)[column];
        }

        double number(int row, int column) {
            return rows.get(row)[column] instanceof Number number ? number.doubleValue() : 0;
        }

        double sum(int column) {
            double sum = 0;
            for (int i = 0; i < rows.size(); i++) {
                sum += number(i, column);
            }
            return sum;
        }
    }

    /** All that a page shows. */
    record Content(
            List<String> inputs,
            Map<String, Integer> formats,
            long malformed,
            long step,
            Panel summary,
            Panel timeline,
            Panel conversations,
            Map<String, Panel> questions,
            double natBytes,
            double zoneBytes,
            double natPrice,
            double zonePrice) {}

    ReportData(FlowDatabase database, List<FlowInput> inputs, double natPrice, double zonePrice) {
        this.database = database;
        this.inputs = inputs;
        this.natPrice = natPrice;
        this.zonePrice = zonePrice;
    }

    Content read() throws QueryException, IOException {
        List<Column> wanted = new ArrayList<>(List.of(Column.of("end"), Column.of("log-status")));
        for (NamedQuery query : NamedQuery.all()) {
            wanted.addAll(query.needs());
            wanted.addAll(query.uses());
        }
        database.load(wanted);
        Panel summary = run(
                wanted,
                "select count(*), min(start), max(\"end\"), sum(bytes),"
                        + " count(*) filter (where action = 'ACCEPT'), count(*) filter (where action = 'REJECT'),"
                        + " count(*) filter (where log_status = 'NODATA'), count(*) filter (where log_status = 'SKIPDATA')"
                        + " from (select * replace (" + seconds("start") + " as start, " + seconds("\"end\"")
                        + " as \"end\") from flows)");
        long span = (long) (summary.number(0, 2) - summary.number(0, 1));
        long step = STEPS[STEPS.length - 1];
        for (int i = STEPS.length - 1; i >= 0 && span / STEPS[i] <= MOST_POINTS; i--) {
            step = STEPS[i];
        }
        while (span / step > MOST_POINTS) {
            step *= 2;
        }
        Panel timeline = run(
                wanted,
                "select s - s % " + step + " t, sum(bytes) filter (where what <> 'REJECT') accepted,"
                        + " sum(bytes) filter (where what = 'REJECT') rejected, count(*) filter (where what <> 'REJECT') flows,"
                        + " count(*) filter (where what = 'REJECT') rejects from (select " + seconds("start")
                        + " s, bytes, coalesce(action, log_status, '') what from flows) where s is not null group by 1 order by 1");
        Map<String, Panel> questions = new LinkedHashMap<>();
        for (String name : List.of("talkers", "rejected", "ports", "nat", "zones", "services", "unanswered", "gaps")) {
            questions.put(name, ask(name, ROWS));
        }
        questions.put("rejected", withPorts(questions.get("rejected"), wanted));
        return new Content(
                inputs.stream().map(FlowInput::name).toList(),
                formats(),
                database.malformed(),
                step,
                summary,
                timeline,
                run(wanted, Conversations.SQL),
                questions,
                total("nat"),
                total("zones"),
                natPrice,
                zonePrice);
    }

    private double total(String name) throws QueryException, IOException {
        Panel all = ask(name, 0);
        return all.missing() == null ? all.sum(all.columns().indexOf("bytes")) : Double.NaN;
    }

    private Panel ask(String name, long limit) throws QueryException, IOException {
        NamedQuery query = NamedQuery.of(name).orElseThrow();
        List<Column> missing = database.missing(query);
        if (!missing.isEmpty() && !database.columns().isEmpty()) {
            return new Panel(List.of(), List.of(), "The input does not have " + Failures.names(missing) + ".");
        }
        Rows rows = new Rows();
        List<Column> columns = new ArrayList<>(query.needs());
        columns.addAll(query.uses());
        database.runWith(columns, query.sql() + (limit == 0 ? "" : "\nlimit " + limit), rows);
        return rows.panel();
    }

    /** The rejected sources with the ports that each of them tries most often. */
    private Panel withPorts(Panel rejected, List<Column> wanted) throws QueryException, IOException {
        if (rejected.rows().isEmpty()) {
            return rejected;
        }
        String sources = rejected.rows().stream()
                .map(row -> row[0] == null ? "''" : Sql.text(String.valueOf(row[0])))
                .collect(Collectors.joining(", "));
        Panel tried = run(
                wanted,
                "select srcaddr, dstport from (select srcaddr, dstport, count(*) n from flows where action = 'REJECT'"
                        + " and dstport is not null and srcaddr in (" + sources + ") group by 1, 2)"
                        + " qualify row_number() over (partition by srcaddr order by n desc, dstport) <= " + PORTS
                        + " order by srcaddr, n desc, dstport");
        Map<Object, List<String>> ports = new HashMap<>();
        for (@Nullable Object[] row : tried.rows()) {
            ports.computeIfAbsent(String.valueOf(row[0]), source -> new ArrayList<>())
                    .add(Cells.of("dstport", row[1]));
        }
        List<String> columns = new ArrayList<>(rejected.columns());
        columns.add("most tried ports");
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (@Nullable Object[] row : rejected.rows()) {
            @Nullable Object[] longer = Arrays.copyOf(row, row.length + 1);
            longer[row.length] = String.join(", ", ports.getOrDefault(String.valueOf(row[0]), List.of()));
            rows.add(longer);
        }
        return new Panel(columns, rows, null);
    }

    private static String seconds(String column) {
        return "case when " + column + " <= 4294967296 then " + column + " when " + column + " < 253402300800000 then "
                + column + " // 1000 end";
    }

    private Map<String, Integer> formats() throws IOException {
        Map<String, Integer> formats = new LinkedHashMap<>();
        for (FlowInput input : inputs) {
            String format = input.kind() == FlowInput.Kind.PARQUET
                    ? "Parquet"
                    : input.columns().size() + " columns";
            formats.merge(format, 1, Integer::sum);
        }
        return formats;
    }

    private Panel run(List<Column> optional, String sql) throws QueryException, IOException {
        Rows rows = new Rows();
        database.runWith(optional, sql, rows);
        return rows.panel();
    }

    private static final class Rows implements ResultSink {
        private List<String> columns = List.of();
        private final List<@Nullable Object[]> rows = new ArrayList<>();

        @Override
        public void begin(List<String> names) {
            columns = names;
        }

        @Override
        public boolean row(@Nullable Object[] values) {
            rows.add(values);
            return true;
        }

        @Override
        public void end() {}

        Panel panel() {
            return new Panel(columns, rows, null);
        }
    }
}
