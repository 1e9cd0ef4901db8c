package io.flowlog.cli;

import io.flowlog.cli.shared.Suggestions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Describes the error in a command line, in one line. */
final class Mistakes {
    private Mistakes() {}

    static String describe(ParameterException e) {
        return problem(e) + " (see flowlog " + nameOf(e.getCommandLine()) + "--help)";
    }

    private static String problem(ParameterException e) {
        CommandLine command = e.getCommandLine();
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            if (word.length() > 1 && word.startsWith("-")) {
                int equals = word.indexOf('=');
                String name = equals < 0 ? word : word.substring(0, equals);
                return "unknown option '" + name + "'" + Suggestions.didYouMean(name, options(command));
            }
            if (command.getParent() == null) {
                return "unknown command '" + word + "'"
                        + Suggestions.didYouMean(word, command.getSubcommands().keySet());
            }
            return "unexpected argument '" + word + "'";
        }
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("invalid command line");
    }

    private static List<String> options(CommandLine command) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            names.addAll(List.of(option.names()));
        }
        return names;
    }

    private static String nameOf(CommandLine command) {
        return command.getParent() == null ? "" : command.getCommandName() + " ";
    }
}
