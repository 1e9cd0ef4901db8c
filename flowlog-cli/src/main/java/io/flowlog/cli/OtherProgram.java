package io.flowlog.cli;

import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.UserError;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command that the script {@code flowlog} starts as a program of its own, because what it needs is large. It is listed here
 * for the help, for completion, and for suggestions. The command is in the module flowlog-query, which depends on this one; a
 * test there compares the options.
 */
public final class OtherProgram implements Callable<Integer> {
    private static final String INPUTS = " --since= --until= --format= --memory= --temp= --threads=";

    private final String name;

    private OtherProgram(String name) {
        this.name = name;
    }

    /**
     * All such commands, without what they do.
     *
     * @return commands with their headers and options, in the order in which they are listed
     */
    public static List<CommandSpec> all() {
        return List.of(
                of(
                        "query",
                        "Answers one of twelve questions, or any SQL, about flow logs.",
                        "--list --show-sql= --as= --limit=" + INPUTS),
                of(
                        "report",
                        "Writes a page about flow logs: who talks to whom, who is rejected, and what it costs.",
                        "-o,--output= --open --nat-price= --zone-price=" + INPUTS));
    }

    private static CommandSpec of(String name, String header, String options) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(new OtherProgram(name))
                .name(name)
                .mixinStandardHelpOptions(true)
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("INPUT")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("0..*")
                        .build());
        spec.usageMessage().header(header);
        for (String option : options.split(" ")) {
            boolean value = option.endsWith("=");
            String[] names = option.replace("=", "").split(",");
            spec.addOption(OptionSpec.builder(names)
                    .arity(value ? "1" : "0")
                    .type(value ? String.class : boolean.class)
                    .build());
        }
        return spec;
    }

    @Override
    public Integer call() throws UserError {
        throw new UserError(
                ExitCode.USAGE,
                name + " is not in this jar; start it as ./flowlog " + name + " in the project's folder");
    }
}
