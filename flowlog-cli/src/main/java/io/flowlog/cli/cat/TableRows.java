package io.flowlog.cli.cat;

import io.flowlog.cli.shared.Table;
import io.flowlog.cli.shared.Terminal;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogRow;
import io.flowlog.parser.IpProtocol;
import io.flowlog.parser.TcpFlags;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes records as a table for people: times in UTC, protocols and flags by name. */
final class TableRows implements RowWriter {
    /** Values above are milliseconds, as in the accessors of the parser. */
    private static final long HIGHEST_SECONDS = 1L << 32;

    private final Writer out;
    private final Terminal terminal;
    private final Text text = new Text();
    private @Nullable Table table;

    TableRows(OutputStream out, Terminal terminal) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        this.terminal = terminal;
    }

    @Override
    public void write(FlowLogRow row) throws IOException {
        FlowLogFormat format = row.format();
        if (table == null) {
            List<Table.Column> columns = new ArrayList<>();
            for (int i = 0; i < format.size(); i++) {
                columns.add(new Table.Column(format.name(i), isShownAsNumber(format, i)));
            }
            table = new Table(out, terminal.outColumns(), terminal.colours(), "", columns);
        }
        List<String> cells = new ArrayList<>(format.size());
        for (int i = 0; i < format.size(); i++) {
            cells.add(row.isAbsent(i) ? "-" : cell(row, i));
        }
        table.row(cells);
    }

    private static boolean isShownAsNumber(FlowLogFormat format, int column) {
        return format.isInteger(column)
                && switch (format.name(column)) {
                    case "start", "end", "protocol", "tcp-flags" -> false;
                    default -> true;
                };
    }

    private String cell(FlowLogRow row, int column) {
        if (!row.format().isInteger(column)) {
            return text.of(row, column);
        }
        long value = row.longValue(column, 0);
        return switch (row.format().name(column)) {
            case "start", "end" -> time(value);
            case "protocol" -> IpProtocol.keyword(value).orElse(Long.toString(value));
            case "tcp-flags" -> value == 0 ? "0" : TcpFlags.of(value).toString();
            default -> Long.toString(value);
        };
    }

    private static String time(long value) {
        if (value > HIGHEST_SECONDS * 1000) {
            return Long.toString(value);
        }
        Instant time = value > HIGHEST_SECONDS ? Instant.ofEpochMilli(value) : Instant.ofEpochSecond(value);
        return time.toString().replace('T', ' ').replace("Z", "");
    }

    /** The columns that people look at first, as many as a terminal has room for. */
    static FlowLogFormat columnsFor(FlowLogFormat format, int width) {
        List<String> chosen = new ArrayList<>();
        int used = 0;
        for (Preferred preferred : PREFERRED) {
            if (format.indexOf(preferred.name) >= 0 && used + preferred.width <= width) {
                chosen.add(preferred.name);
                used += preferred.width + 2;
            }
        }
        List<String> ordered = new ArrayList<>(ORDER);
        ordered.retainAll(chosen);
        return ordered.isEmpty() ? format : FlowLogFormat.parse(String.join(" ", ordered));
    }

    private record Preferred(String name, int width) {}

    /** Most important first, with the width that a typical value takes. */
    private static final List<Preferred> PREFERRED = List.of(
            new Preferred("srcaddr", 15),
            new Preferred("dstaddr", 15),
            new Preferred("dstport", 7),
            new Preferred("action", 6),
            new Preferred("bytes", 8),
            new Preferred("protocol", 8),
            new Preferred("srcport", 7),
            new Preferred("start", 19),
            new Preferred("packets", 7),
            new Preferred("log-status", 10),
            new Preferred("interface-id", 21),
            new Preferred("tgw-attachment-id", 31),
            new Preferred("flow-direction", 14),
            new Preferred("tcp-flags", 11),
            new Preferred("pkt-srcaddr", 15),
            new Preferred("pkt-dstaddr", 15));

    /** From left to right. */
    private static final List<String> ORDER = List.of(
            "start",
            "interface-id",
            "tgw-attachment-id",
            "flow-direction",
            "srcaddr",
            "srcport",
            "dstaddr",
            "dstport",
            "protocol",
            "tcp-flags",
            "packets",
            "bytes",
            "action",
            "log-status",
            "pkt-srcaddr",
            "pkt-dstaddr");

    @Override
    public void flush() throws IOException {
        if (table != null) {
            table.finish();
        }
        out.flush();
    }
}
