package io.flowlog.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of the questions that the program answers by name. Its text is the resource {@code /queries/NAME.sql}: comment lines
 * with the question and the columns that it reads, followed by SQL that runs in DuckDB and in Athena.
 *
 * @param name the name on the command line
 * @param question the question, in one sentence
 * @param needs the columns that the query requires
 * @param uses columns that improve the answer but can be missing
 * @param sql one statement, without a semicolon
 */
record NamedQuery(String name, String question, List<Column> needs, List<Column> uses, String sql) {
    /** The names, in the order in which they are listed. */
    static final List<String> NAMES = List.of(
            "timeline",
            "talkers",
            "interfaces",
            "rejected",
            "ports",
            "admin",
            "databases",
            "nat",
            "services",
            "zones",
            "unanswered",
            "gaps");

    private static final String NEEDS = "-- needs: ";
    private static final String USES = "-- uses: ";

    static Optional<NamedQuery> of(String name) {
        return NAMES.contains(name) ? Optional.of(read(name)) : Optional.empty();
    }

    static List<NamedQuery> all() {
        return NAMES.stream().map(NamedQuery::read).toList();
    }

    private static NamedQuery read(String name) {
        List<String> lines = text("/queries/" + name + ".sql").lines().toList();
        String question = lines.get(0).substring("-- ".length());
        List<Column> needs = List.of();
        List<Column> uses = List.of();
        List<String> sql = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith(NEEDS)) {
                needs = columns(line.substring(NEEDS.length()));
            } else if (line.startsWith(USES)) {
                uses = columns(line.substring(USES.length()));
            } else {
                sql.add(line);
            }
        }
        return new NamedQuery(name, question, needs, uses, String.join("\n", sql));
    }

    private static List<Column> columns(String names) {
        return List.of(names.split(" ")).stream().map(Column::of).toList();
    }

    private static String text(String resource) {
        try (InputStream in = NamedQuery.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
