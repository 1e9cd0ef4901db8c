package io.flowlog.query;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.ProgramVersion;
import io.flowlog.cli.shared.Sources;
import io.flowlog.cli.shared.StandardOutput;
import io.flowlog.cli.shared.Suggestions;
import io.flowlog.cli.shared.Terminal;
import io.flowlog.cli.shared.UserError;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers one of twelve questions, or any SQL, about flow logs. */
@Command(
        name = "query",
        headerHeading = "Examples:%n"
                + "  flowlog query --list%n"
                + "  flowlog query talkers my.log.gz%n"
                + "  flowlog query nat --as csv s3://bucket/prefix >nat.csv%n"
                + "  flowlog query \"select action, count(*) from flows group by 1\" 'logs/**/*.gz'%n"
                + "%n",
        header = "Answers one of twelve questions, or any SQL, about flow logs.",
        description = {
            "",
            "SQL is DuckDB's. The view flows holds all inputs; its columns are spelled as in Athena: pkt_srcaddr, \"end\"."
        },
        synopsisHeading = "%nUsage: ",
        parameterListHeading = "%n",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the answer is complete",
            "1:an input is damaged, or memory or space for temporary files ran out",
            "2:the command line or the SQL is invalid",
            "3:malformed lines were skipped",
            "4:an input is missing or is not a flow log",
            "5:the input does not have a column that the query needs"
        })
final class QueryCommand implements Callable<Integer> {
    private static final long ROWS_FOR_PEOPLE = 20;

    private final PrintStream err = System.err;
    private final Terminal terminal = Terminal.current();

    /** How an answer is written. */
    enum As {
        table,
        csv,
        json
    }

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "QUERY",
            description = "the name of a question (see --list), or SQL")
    private @Nullable String query;

    @Parameters(
            index = "1..*",
            paramLabel = "INPUT",
            description = "flow logs, JSON lines of the lake, Parquet: files, folders, globs in quotes,"
                    + " s3://bucket/prefix; - or nothing is standard input")
    private List<String> inputs = List.of(Sources.STANDARD_INPUT);

    @Option(names = "--list", description = "lists the questions")
    private boolean list;

    @Option(
            names = "--show-sql",
            paramLabel = "NAME",
            description = "prints the SQL of a question; it runs in Athena too")
    private @Nullable String show;

    @Option(names = "--as", paramLabel = "FORMAT", description = "table (default), csv or json")
    private As as = As.table;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "at most N rows; 0 is all. Default: 20 for a question in a table, else all")
    private @Nullable Long limit;

    @Mixin
    private InputOptions options = new InputOptions();

    @Override
    public Integer call() throws IOException, UserError {
        Writer out = new BufferedWriter(new OutputStreamWriter(new StandardOutput(), StandardCharsets.UTF_8), 1 << 16);
        try {
            if (list) {
                for (NamedQuery named : NamedQuery.all()) {
                    out.write(String.format("%-12s %s%n", named.name(), named.question()));
                }
                return ExitCode.OK;
            }
            if (show != null) {
                out.write("-- " + named(show).question() + "\n" + named(show).sql() + "\n");
                return ExitCode.OK;
            }
            if (query == null) {
                throw new UserError(
                        ExitCode.USAGE,
                        "a question or SQL is required (see flowlog query --list, flowlog query --help)");
            }
            if (limit != null && limit < 0) {
                throw new UserError(ExitCode.USAGE, "--limit must be 0 or more, found " + limit);
            }
            return answer(out, query);
        } finally {
            out.flush();
        }
    }

    private static NamedQuery named(String name) throws UserError {
        Optional<NamedQuery> found = NamedQuery.of(name);
        if (found.isEmpty()) {
            throw new UserError(
                    ExitCode.USAGE,
                    "there is no question '" + name + "'" + Suggestions.didYouMean(name, NamedQuery.NAMES)
                            + " (see flowlog query --list)");
        }
        return found.get();
    }

    private int answer(Writer out, String text) throws IOException, UserError {
        // A single word is not SQL.
        NamedQuery named = text.strip().matches("[\\w-]+") ? named(text.strip()) : null;
        try {
            return options.run(inputs, line -> Errors.print(err, line), (database, found) -> {
                try {
                    run(database, named, text, out);
                } finally {
                    database.finish();
                }
                return database.malformed() == 0 ? ExitCode.OK : ExitCode.MALFORMED;
            });
        } catch (QueryException e) {
            Errors.print(err, String.valueOf(e.getMessage()));
            return QueryExit.of(e.reason());
        }
    }

    private void run(FlowDatabase database, @Nullable NamedQuery named, String text, Writer out)
            throws QueryException, IOException {
        long rows = limit != null ? limit : named != null && as == As.table ? ROWS_FOR_PEOPLE : 0;
        List<String> notes = new ArrayList<>();
        ResultSink sink = switch (as) {
            case table -> new TableSink(out, terminal, named, rows, notes);
            case csv -> new CsvSink(out, rows);
            case json -> new JsonSink(out, rows);
        };
        if (named == null) {
            database.run(text, sink);
        } else {
            // One row more than is shown, to find out whether there are more.
            database.run(named, rows == 0 ? 0 : rows + 1, sink);
        }
        out.flush();
        for (String note : notes) {
            Errors.print(err, note);
        }
    }
}
