package io.flowlog.cli.doctor;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.ProgramVersion;
import io.flowlog.cli.shared.Source;
import io.flowlog.cli.shared.Sources;
import io.flowlog.cli.shared.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says what files are, and what the function would do with them. */
@Command(
        name = "doctor",
        headerHeading = "Examples:%n"
                + "  flowlog doctor my.log.gz            all about one file%n"
                + "  flowlog doctor logs/                a line for each file, and the sum%n"
                + "  flowlog doctor s3://bucket/prefix%n"
                + "%n",
        header = "Says what files are, and what the function would do with them.",
        synopsisHeading = "%nUsage: ",
        parameterListHeading = "%n",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every input is a flow log, or empty",
            "1:an input is damaged or could not be read",
            "2:the command line is invalid",
            "3:an input has malformed lines",
            "4:an input is missing or is not a flow log"
        },
        footer = "%nThe other inputs are examined in any case.%n")
public final class DoctorCommand implements Callable<Integer> {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Terminal terminal = Terminal.current();
    private int status = ExitCode.OK;

    @Parameters(
            paramLabel = "INPUT",
            arity = "1..*",
            description = "files, folders, globs in quotes, s3://bucket/prefix; - is standard input")
    private List<String> inputs = List.of();

    @Override
    public Integer call() throws IOException {
        try (Sources sources = new Sources(inputs)) {
            Iterator<Source> each = sources.iterator();
            Source first = each.next();
            if (each.hasNext()) {
                examineAll(first, each);
            } else {
                Findings found = examine(first);
                if (found != null) {
                    new FileReport(out, terminal.outColumns()).print(first.name(), found);
                }
            }
        }
        return status;
    }

    private void examineAll(Source first, Iterator<Source> rest) throws IOException {
        FolderReport report = new FolderReport(out, terminal);
        Source next = first;
        // Errors of standard output are reported at the end of the program.
        while (next != null && !out.checkError()) {
            Findings found = examine(next);
            if (found != null) {
                report.file(next.name(), found);
            }
            next = rest.hasNext() ? rest.next() : null;
        }
        report.finish();
    }

    /** Null if it could not be read. */
    private @Nullable Findings examine(Source source) {
        try {
            Examination.Result result = Examination.of(source);
            status = ExitCode.worse(status, result.status());
            return result.findings();
        } catch (IOException e) {
            Errors.print(err, Errors.sentence(e));
            status = ExitCode.worse(status, Errors.exitCode(e));
            return null;
        }
    }
}
