package io.flowlog.cli.cat;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.Suggestions;
import io.flowlog.cli.shared.Terminal;
import io.flowlog.cli.shared.UserError;
import io.flowlog.parser.FlowLogField;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogRow;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns to write: those of {@code --fields}, otherwise those of each input. Output formats with a single header use
 * the columns of the first input, and columns that only later inputs have are reported.
 */
final class Selection {
    private final OutputFormat as;
    private final Terminal terminal;
    private final PrintStream err;
    private final boolean chosenByUser;
    private @Nullable SelectedRow selected;
    private @Nullable FlowLogFormat seen;

    Selection(@Nullable List<String> fields, OutputFormat as, Terminal terminal, PrintStream err) throws UserError {
        this.as = as;
        this.terminal = terminal;
        this.err = err;
        this.chosenByUser = fields != null;
        if (fields != null) {
            try {
                selected = new SelectedRow(FlowLogFormat.parse(String.join(" ", fields)));
            } catch (IllegalArgumentException e) {
                throw new UserError(ExitCode.USAGE, "--fields: " + e.getMessage());
            }
        }
    }

    /**
     * The row to write for a row that was read.
     *
     * @param source the name of the input, for messages
     * @throws UserError if {@code --fields} has a name that AWS does not document and the input does not have
     */
    FlowLogRow of(FlowLogRow row, String source) throws UserError {
        if (row.format() != seen) {
            seen = row.format();
            meet(seen, source);
        }
        return selected == null ? row : selected.of(row);
    }

    private void meet(FlowLogFormat format, String source) throws UserError {
        if (chosenByUser) {
            checkNames(format, source);
        } else if (selected == null && as == OutputFormat.TABLE) {
            selected = new SelectedRow(TableRows.columnsFor(format, terminal.outColumns()));
        } else if (selected == null && as.hasFixedColumns()) {
            selected = new SelectedRow(format);
        } else if (selected != null && as != OutputFormat.TABLE) {
            List<String> others = new ArrayList<>(format.columns());
            others.removeAll(selected.format().columns());
            if (!others.isEmpty()) {
                Errors.print(
                        err,
                        source + ": columns that the first input does not have are not written: "
                                + String.join(", ", others) + " (choose columns with --fields)");
            }
        }
    }

    private void checkNames(FlowLogFormat format, String source) throws UserError {
        if (selected == null) {
            return;
        }
        for (String name : selected.format().columns()) {
            if (FlowLogField.of(name).isEmpty() && format.indexOf(name) < 0) {
                List<String> known = Stream.concat(
                                Stream.of(FlowLogField.values()).map(FlowLogField::awsName), format.columns().stream())
                        .toList();
                throw new UserError(
                        ExitCode.USAGE,
                        "--fields: " + source + " has no column " + name
                                + ", and AWS does not document a field of that name"
                                + Suggestions.didYouMean(name, known));
            }
        }
    }
}
