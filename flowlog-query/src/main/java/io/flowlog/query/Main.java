package io.flowlog.query;

import io.flowlog.cli.shared.ProgramVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands {@code flowlog query} and {@code flowlog report}. */
@Command(
        name = "flowlog",
        header = "Answers questions about flow logs.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {QueryCommand.class, ReportCommand.class})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    Main() {}

    /**
     * Runs a command and ends the JVM with its exit status.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        // DuckDB's driver converts times to the time zone of the JVM. Flow logs are in UTC.
        java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("UTC"));
        io.flowlog.cli.Main.run(new Main(), args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is required: query, report");
    }
}
