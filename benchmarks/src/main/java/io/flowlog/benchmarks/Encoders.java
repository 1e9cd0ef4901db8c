package io.flowlog.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.sink.http.NdjsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** One text, the same JSON lines, many ways. */
final class Encoders {
    private Encoders() {}

    /** flowlog: rows to its own encoder. */
    static void flowlog(InputStream in, OutputStream out) throws IOException {
        try (FlowLogReader flows = FlowLogReader.open(in);
                NdjsonWriter lines = new NdjsonWriter(out)) {
            while (flows.advance()) {
                lines.write(flows.row());
            }
        }
    }

    /** A peer's rows, written with jackson-core's generator. */
    static void generator(Peers peer, InputStream in, OutputStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            eachRow(peer, in, format -> words -> {
                json.writeStartObject();
                for (int i = 0; i < words.length; i++) {
                    json.writeFieldName(format.name(i));
                    if (words[i].equals("-")) {
                        json.writeNull();
                    } else if (format.isInteger(i)) {
                        json.writeNumber(Long.parseLong(words[i]));
                    } else {
                        json.writeString(words[i]);
                    }
                }
                json.writeEndObject();
            });
            json.writeRaw('\n');
        }
    }

    /** A peer's rows as maps, written with Jackson databind. */
    static void databind(Peers peer, InputStream in, OutputStream out) throws IOException {
        try (SequenceWriter json =
                new ObjectMapper().writer().withRootValueSeparator("\n").writeValues(out)) {
            eachRow(peer, in, format -> words -> {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 0; i < words.length; i++) {
                    Object value = words[i].equals("-") ? null : words[i];
                    row.put(format.name(i), format.isInteger(i) && value != null ? Long.valueOf(words[i]) : value);
                }
                json.write(row);
            });
            out.write('\n');
        }
    }

    /** DuckDB on one thread, from file to file. */
    static void duckdb(Path file, FlowLogFormat format, String target, String options) throws SQLException {
        StringJoiner types = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < format.size(); i++) {
            types.add("'" + format.name(i) + "': '" + (format.isInteger(i) ? "BIGINT" : "VARCHAR") + "'");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("COPY (SELECT * FROM read_csv('" + file + "', delim=' ', header=true, nullstr='-',"
                    + " auto_detect=false, quote='', escape='', columns=" + types + ")) TO '" + target
                    + "' (FORMAT JSON" + options + ")");
        }
    }

    private interface Row {
        void write(String[] words) throws IOException;
    }

    private interface RowOf {
        Row of(FlowLogFormat format);
    }

    private static void eachRow(Peers peer, InputStream in, RowOf of) throws IOException {
        Row[] row = new Row[1];
        Consumer<String[]> rows = words -> {
            try {
                if (row[0] == null) {
                    row[0] = of.of(FlowLogFormat.parse(String.join(" ", words)));
                } else {
                    row[0].write(words);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        peer.read(in, rows);
    }
}
