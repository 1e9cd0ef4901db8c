package io.flowlog.cli;

import io.flowlog.cli.cat.CatCommand;
import io.flowlog.cli.doctor.DoctorCommand;
import io.flowlog.cli.local.LocalCommand;
import io.flowlog.cli.sample.SampleCommand;
import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.OutputException;
import io.flowlog.cli.shared.ProgramVersion;
import io.flowlog.cli.shared.StandardOutput;
import io.flowlog.cli.shared.Terminal;
import io.flowlog.cli.shared.UserError;
import io.flowlog.cli.ship.ShipCommand;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code flowlog}. */
@Command(
        name = "flowlog",
        headerHeading = "Examples:%n"
                + "  flowlog local                 the whole system on this machine, with samples%n"
                + "  flowlog cat my.log.gz         a flow log as JSON lines%n"
                + "  flowlog ship s3://bucket/prefix --to https://lake.example.com/logs%n"
                + "  flowlog doctor my.log.gz      what a file is, and what the function does with it%n"
                + "  flowlog query nat my.log.gz   who makes the NAT gateway's bill%n"
                + "  flowlog report my.log.gz      a page about who talks to whom, and what it costs%n"
                + "  flowlog sample -o my.log.gz   a realistic flow log to experiment with%n"
                + "%n",
        header = "Reads AWS VPC Flow Logs, converts them, and sends them to a log lake.",
        synopsisHeading = "%nUsage: ",
        parameterListHeading = "%n",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LocalCommand.class,
            CatCommand.class,
            ShipCommand.class,
            DoctorCommand.class,
            SampleCommand.class,
            CompletionCommand.class
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:everything was done",
            "1:something was not delivered, read or written",
            "2:the command line is invalid",
            "3:malformed lines were skipped",
            "4:an input is missing or is not a flow log"
        },
        footer = "%nUse flowlog COMMAND --help to see the options of a command.%n")
public final class Main implements Runnable {
    private static final int BUFFER_BYTES = 1 << 13;
    private static final int WIDEST_HELP = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    /**
     * Runs a command and ends the JVM with its exit status.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        run(new Main(), args);
    }

    /**
     * Runs a program of several commands in the way of this one: the same messages, the same exit statuses.
     *
     * @param program an object with picocli's annotations
     * @param args the command line
     */
    public static void run(Object program, String[] args) {
        // A warning of a library takes one line and has the prefix of all lines on standard error.
        System.setProperty("java.util.logging.SimpleFormatter.format", "flowlog: %5$s%n");
        // JSON is UTF-8, whatever the locale of the terminal is.
        StandardOutput standardOutput = new StandardOutput();
        System.setOut(
                new PrintStream(new BufferedOutputStream(standardOutput, BUFFER_BYTES), false, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        int status = commandLine(program, System.err).execute(args);
        System.out.flush();
        OutputException failure = standardOutput.failure();
        if (failure != null && status != ExitCode.BROKEN_PIPE) {
            status = failed(failure, System.err);
        }
        System.err.flush();
        System.exit(status);
    }

    static CommandLine commandLine(PrintStream err) {
        return commandLine(new Main(), err);
    }

    /**
     * The command line of a program of several commands in the way of this one, for a caller that needs the exit status
     * and not the end of the JVM.
     *
     * @param program an object with picocli's annotations
     * @param err where the messages are printed that this class composes
     * @return the command line, ready to execute arguments
     */
    public static CommandLine commandLine(Object program, PrintStream err) {
        Terminal terminal = Terminal.current();
        CommandLine command = new CommandLine(program);
        if (program instanceof Main) {
            OtherProgram.all().forEach(spec -> command.addSubcommand(spec.name(), spec));
        }
        command.getSubcommands()
                .values()
                .forEach(sub -> sub.getCommandSpec().usageMessage().sortOptions(false));
        return command.setExpandAtFiles(false)
                .setUsageHelpWidth(Math.min(WIDEST_HELP, terminal.outColumns()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler((e, args) -> {
                    Errors.print(err, Mistakes.describe(e));
                    return ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, failed, parsed) -> {
                    if (e instanceof UserError error) {
                        Errors.print(err, String.valueOf(error.getMessage()));
                        return error.exitCode();
                    }
                    if (e instanceof OutputException error) {
                        return failed(error, err);
                    }
                    if (e instanceof IOException error) {
                        Errors.print(err, Errors.sentence(error));
                        return ExitCode.NOT_DELIVERED;
                    }
                    throw e;
                });
    }

    private static int failed(OutputException e, PrintStream err) {
        if (e.isBrokenPipe()) {
            return ExitCode.BROKEN_PIPE;
        }
        Errors.print(err, Errors.sentence(e));
        return ExitCode.NOT_DELIVERED;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is required: "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }
}
