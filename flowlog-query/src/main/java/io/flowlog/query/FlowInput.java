package io.flowlog.query;

import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One input of a query: a flow log, the lake's JSON lines, or a Parquet file. It can be opened several times, because a
 * query can read it more than once. Safe for use by several threads.
 */
final class FlowInput {
    /** Opens the bytes as stored. */
    interface Opener {
        InputStream open() throws IOException;
    }

    /** What an input holds. The first bytes decide, not the name. */
    enum Kind {
        FLOW_LOG,
        JSON_LINES,
        PARQUET
    }

    private final String name;
    private final Opener opener;
    private final @Nullable Path file;
    private final @Nullable FlowLogFormat format;
    private final Set<String> columns = new LinkedHashSet<>();
    private @Nullable Kind kind;
    private boolean examined;

    private FlowInput(String name, Opener opener, @Nullable Path file, @Nullable FlowLogFormat format) {
        this.name = name;
        this.opener = opener;
        this.file = file;
        this.format = format;
    }

    static FlowInput of(Path file) {
        return new FlowInput(file.toString(), () -> Files.newInputStream(file), file, null);
    }

    /**
     * Creates an input.
     *
     * @param name its name in messages
     * @param file the file with its bytes, or null; only a file can be Parquet
     * @param format the columns of lines without a header, or null
     */
    static FlowInput of(String name, Opener opener, @Nullable Path file, @Nullable FlowLogFormat format) {
        return new FlowInput(name, opener, file, format);
    }

    String name() {
        return name;
    }

    /** The file to hand to DuckDB's own readers. */
    Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** What the input holds, by its first bytes. */
    synchronized Kind kind() throws IOException {
        if (kind == null) {
            kind = FirstBytes.kindOf(this);
        }
        return kind;
    }

    InputStream open() throws IOException {
        return opener.open();
    }

    /** The names that are known so far, which are those of the first header; read when first asked for. */
    synchronized List<String> columns() throws IOException {
        if (!examined) {
            try (Rows rows = rows((number, message) -> {})) {
                columns.addAll(rows.firstColumns());
            }
            examined = true;
        }
        return new ArrayList<>(columns);
    }

    /** Remembers names that a later header of the input brought. */
    synchronized void learn(Collection<String> names) {
        columns.addAll(names);
    }

    /** Reads all headers of the input, to its end. */
    void readAllHeaders() throws IOException {
        columns();
        try (Rows rows = rows((number, message) -> {})) {
            learn(rows.allColumns());
        }
    }

    /**
     * The records from the beginning.
     *
     * @param malformed receives every line that cannot be read
     */
    Rows rows(MalformedLines.OfInput malformed) throws IOException {
        if (kind() == Kind.JSON_LINES) {
            return new JsonRows(this, malformed);
        }
        FlowLogReader.Builder reader = FlowLogReader.builder()
                .name(name)
                .onMalformed(line -> malformed.add(line.lineNumber(), line.toString()));
        if (format != null) {
            reader.format(format);
        }
        return new FlowLogRows(reader.open(open()));
    }

    @Override
    public String toString() {
        return name;
    }
}
