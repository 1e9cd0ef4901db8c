package io.flowlog.cli.cat;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.InputFile;
import io.flowlog.cli.shared.MalformedLines;
import io.flowlog.cli.shared.OutputException;
import io.flowlog.cli.shared.ProgramVersion;
import io.flowlog.cli.shared.StandardOutput;
import io.flowlog.cli.shared.UserError;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.NotAFlowLogException;
import io.flowlog.sink.http.NdjsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Flow logs to JSON lines, as the lake gets them. */
@Command(
        name = "cat",
        description = "Writes flow logs, gzip or plain, as JSON lines to standard output, as a lake would get them.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        footer = {
            "",
            "Exit status: 0 all done, 1 an input was damaged, 3 malformed lines were left out,",
            "4 no such file or not a flow log. The other inputs are written all the same."
        })
public final class CatCommand implements Callable<Integer> {
    private final OutputStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "FILE", description = "flow logs; - or none is standard input")
    private List<String> files = List.of("-");

    @Option(
            names = "--format",
            paramLabel = "COLUMNS",
            description = {
                "the columns of inputs without a header, such as those of CloudWatch Logs and Firehose: 'default', or"
                        + " the names as in the flow log's settings, with $${...} or without"
            })
    private @Nullable String format;

    CatCommand() {
        this(new StandardOutput(), System.err);
    }

    CatCommand(OutputStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException, UserError {
        FlowLogReader.Builder readers = FlowLogReader.builder();
        if (format != null) {
            readers.format(parseFormat(format));
        }
        int status = ExitCode.OK;
        NdjsonWriter writer = new NdjsonWriter(out);
        for (String file : files) {
            status = ExitCode.worse(status, convert(readers, new InputFile(file), writer));
        }
        return status;
    }

    private static FlowLogFormat parseFormat(String text) throws UserError {
        try {
            return text.equals("default") ? FlowLogFormat.DEFAULT : FlowLogFormat.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, "--format: " + e.getMessage());
        }
    }

    private int convert(FlowLogReader.Builder readers, InputFile file, NdjsonWriter writer) throws IOException {
        MalformedLines malformed = new MalformedLines(err, file.label());
        int status = ExitCode.OK;
        try (FlowLogReader reader =
                readers.name(file.label()).onMalformed(malformed).open(file.open())) {
            while (reader.advance()) {
                writer.write(reader.row());
            }
        } catch (OutputException e) {
            throw e;
        } catch (UserError e) {
            Errors.print(err, String.valueOf(e.getMessage()));
            status = e.exitCode();
        } catch (NotAFlowLogException e) {
            Errors.print(err, "not a flow log: " + Errors.sentence(e));
            status = ExitCode.NO_INPUT;
        } catch (IOException e) {
            Errors.print(err, Errors.sentence(e));
            status = ExitCode.NOT_DELIVERED;
        }
        writer.flush();
        malformed.finish();
        return malformed.count() == 0 ? status : ExitCode.worse(status, ExitCode.MALFORMED);
    }
}
