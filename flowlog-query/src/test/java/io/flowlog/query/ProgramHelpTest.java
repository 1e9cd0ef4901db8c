package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.OtherProgram;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code flowlog --help} and completion know these commands; they cannot read them, because this module uses their jar. */
class ProgramHelpTest {
    @Test
    void listsTheseCommandsWithTheirOptions() {
        List<CommandSpec> real = List.of(
                new CommandLine(new QueryCommand()).getCommandSpec(),
                new CommandLine(new ReportCommand()).getCommandSpec());
        List<CommandSpec> listed = OtherProgram.all();
        assertThat(listed).hasSameSizeAs(real);
        for (int i = 0; i < real.size(); i++) {
            assertThat(listed.get(i).name()).isEqualTo(real.get(i).name());
            assertThat(listed.get(i).usageMessage().header())
                    .isEqualTo(real.get(i).usageMessage().header());
            assertThat(options(listed.get(i))).isEqualTo(options(real.get(i)));
        }
    }

    private static Set<String> options(CommandSpec spec) {
        Set<String> options = new TreeSet<>();
        spec.options().forEach(option -> {
            for (String name : option.names()) {
                options.add(name + (option.arity().max() == 0 ? "" : " VALUE"));
            }
        });
        return options;
    }
}
