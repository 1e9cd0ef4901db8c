package io.flowlog.cli.cat;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.Filters;
import io.flowlog.cli.shared.MalformedLines;
import io.flowlog.cli.shared.OutputException;
import io.flowlog.cli.shared.ProgramVersion;
import io.flowlog.cli.shared.Source;
import io.flowlog.cli.shared.Sources;
import io.flowlog.cli.shared.StandardOutput;
import io.flowlog.cli.shared.Terminal;
import io.flowlog.cli.shared.UserError;
import io.flowlog.parser.FlowLogFilter;
import io.flowlog.parser.FlowLogFilter.InvalidFilterException;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Converts flow logs to JSON lines, CSV, a table, or flow log text. */
@Command(
        name = "cat",
        headerHeading = "Examples:%n"
                + "  flowlog cat my.log.gz | head%n"
                + "  flowlog cat --as table --limit 20 'logs/**/*.log.gz'%n"
                + "  flowlog cat --as log --where 'action = REJECT and port = 22' my.log.gz >rejected.log%n"
                + "  flowlog cat --as csv --fields start,srcaddr,bytes s3://bucket/prefix >flows.csv%n"
                + "  zcat my.log.gz | flowlog cat -%n"
                + "%n",
        header = "Writes flow logs as JSON lines, CSV, a table, or flow log text.",
        description = {"", "The default, JSON lines, is exactly what a lake would receive."},
        synopsisHeading = "%nUsage: ",
        parameterListHeading = "%n",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:everything was written",
            "1:an input was damaged, or the output could not be written",
            "2:the command line is invalid",
            "3:malformed lines were skipped",
            "4:an input is missing or is not a flow log"
        },
        footer = "%nIf an input fails, the others are still written.%n")
public final class CatCommand implements Callable<Integer> {
    private final OutputStream out = new StandardOutput();
    private final PrintStream err = System.err;
    private final Terminal terminal = Terminal.current();

    @Parameters(
            paramLabel = "INPUT",
            description = "files, folders, quoted globs, s3://bucket/prefix; - or no input means standard input")
    private List<String> inputs = List.of(Sources.STANDARD_INPUT);

    @Option(
            names = "--as",
            paramLabel = "FORMAT",
            converter = OutputFormatConverter.class,
            defaultValue = "jsonl",
            description = {
                "jsonl (default), csv, tsv, table (for people: times in UTC, protocols and flags by name) or log"
                        + " (flow log text)"
            })
    private OutputFormat as = OutputFormat.JSONL;

    @Option(
            names = "--fields",
            paramLabel = "NAME",
            split = ",",
            description = "only these columns, in this order, such as srcaddr,dstport")
    private @Nullable List<String> fields;

    @Option(
            names = "--where",
            paramLabel = "EXPR",
            description = "only records for which this is true, such as \"action = REJECT and port = 22\"")
    private @Nullable String where;

    @Option(names = "--limit", paramLabel = "N", description = "at most N records")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--format",
            paramLabel = "COLUMNS",
            description = {
                "the columns of inputs without a header, such as those of CloudWatch Logs and Firehose: 'default', or"
                        + " the names as in the flow log's settings, with $${...} or without"
            })
    private @Nullable String format;

    @Override
    public Integer call() throws IOException, UserError {
        if (limit < 0) {
            throw new UserError(ExitCode.USAGE, "--limit must be 0 or more, found " + limit);
        }
        FlowLogReader.Builder readers = FlowLogReader.builder();
        if (format != null) {
            readers.format(parseFormat(format));
        }
        RowWriter writer = as.writer(out, terminal);
        FlowLogFilter filter = where == null ? null : Filters.parse("--where", where);
        Selection selection = new Selection(fields, as, terminal, err);
        int status = ExitCode.OK;
        long left = limit;
        try (Sources sources = new Sources(inputs)) {
            for (Source source : sources) {
                if (left == 0) {
                    break;
                }
                Input input = new Input(source, new MalformedLines(err, source.name()), left);
                status = ExitCode.worse(status, convert(readers, input, filter, selection, writer));
                left = input.left;
            }
        }
        writer.flush();
        return status;
    }

    private static FlowLogFormat parseFormat(String text) throws UserError {
        try {
            return text.equals("default") ? FlowLogFormat.DEFAULT : FlowLogFormat.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, "--format: " + e.getMessage());
        }
    }

    /** One source, and how many records it may still give. */
    private static final class Input {
        final Source source;
        final MalformedLines malformed;
        long left;

        Input(Source source, MalformedLines malformed, long left) {
            this.source = source;
            this.malformed = malformed;
            this.left = left;
        }
    }

    private int convert(
            FlowLogReader.Builder readers,
            Input input,
            @Nullable FlowLogFilter filter,
            Selection selection,
            RowWriter writer)
            throws IOException, UserError {
        int status = ExitCode.OK;
        try (FlowLogReader reader =
                readers.name(input.source.name()).onMalformed(input.malformed).open(input.source.open())) {
            while (input.left > 0 && reader.advance()) {
                if (filter == null || filter.test(reader.row())) {
                    writer.write(selection.of(reader.row(), input.source.name()));
                    input.left--;
                }
            }
        } catch (OutputException e) {
            throw e;
        } catch (InvalidFilterException e) {
            throw Filters.invalid("--where", input.source.name(), e);
        } catch (IOException e) {
            Errors.print(err, Errors.sentence(e));
            status = Errors.exitCode(e);
        }
        if (as == OutputFormat.JSONL || as == OutputFormat.LOG) {
            writer.flush();
        }
        input.malformed.finish();
        return input.malformed.count() == 0 ? status : ExitCode.worse(status, ExitCode.MALFORMED);
    }

    static final class OutputFormatConverter implements ITypeConverter<OutputFormat> {
        @Override
        public OutputFormat convert(String value) {
            try {
                return OutputFormat.valueOf(value.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("expected jsonl, csv, tsv, table or log but was '" + value + "'");
            }
        }
    }
}
