package io.flowlog.cli;

import io.flowlog.cli.cat.CatCommand;
import io.flowlog.cli.local.LocalCommand;
import io.flowlog.cli.sample.SampleCommand;
import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.OutputException;
import io.flowlog.cli.shared.ProgramVersion;
import io.flowlog.cli.shared.UserError;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code flowlog}. */
@Command(
        name = "flowlog",
        description = "AWS VPC Flow Logs: from S3 through the Lambda function into a log lake, or to JSON lines.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        synopsisSubcommandLabel = "local|cat|sample",
        subcommands = {LocalCommand.class, CatCommand.class, SampleCommand.class},
        footer = {
            "",
            "Exit status: 0 all done, 1 not delivered, 2 usage, 3 malformed lines, 4 no such file or no flow log."
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    /**
     * Runs a command and ends the JVM with its exit status.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        // One line for what a library warns about, like every other line on standard error.
        System.setProperty("java.util.logging.SimpleFormatter.format", "flowlog: %5$s%n");
        // JSON is UTF-8, whatever the terminal's locale says.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        int status = commandLine(System.err).execute(args);
        System.out.flush();
        System.err.flush();
        System.exit(status);
    }

    static CommandLine commandLine(PrintStream err) {
        return new CommandLine(new Main())
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((e, args) -> {
                    Errors.print(err, firstLine(e) + " (see flowlog " + nameOf(e.getCommandLine()) + "--help)");
                    return ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (e instanceof UserError error) {
                        Errors.print(err, String.valueOf(error.getMessage()));
                        return error.exitCode();
                    }
                    if (e instanceof OutputException error && error.isBrokenPipe()) {
                        return ExitCode.BROKEN_PIPE;
                    }
                    if (e instanceof IOException) {
                        Errors.print(err, Errors.sentence((IOException) e));
                        return ExitCode.NOT_DELIVERED;
                    }
                    throw e;
                });
    }

    private static String nameOf(CommandLine command) {
        return command.getParent() == null ? "" : command.getCommandName() + " ";
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: local, cat or sample");
    }
}
