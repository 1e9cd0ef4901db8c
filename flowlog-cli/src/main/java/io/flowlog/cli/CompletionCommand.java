package io.flowlog.cli;

import io.flowlog.cli.shared.ProgramVersion;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
        name = "completion",
        headerHeading = "Examples:%n"
                + "  source <(./flowlog completion bash)%n"
                + "  ./flowlog completion zsh >~/.flowlog-completion; echo 'source ~/.flowlog-completion' >>~/.zshrc%n"
                + "%n",
        header = "Prints a script that completes commands and options in bash or zsh.",
        synopsisHeading = "%nUsage: ",
        parameterListHeading = "%n",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class)
final class CompletionCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The shells, spelt as users spell them. */
    enum Shell {
        bash,
        zsh
    }

    @Override
    public Integer call() {
        CommandLine program = spec.parent().commandLine();
        String script = AutoComplete.bash("flowlog", program);
        // The script works in both shells, but zsh needs to load the functions of bash first.
        System.out.print(
                shell == Shell.zsh
                        ? "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n" + script
                        : script);
        return 0;
    }
}
