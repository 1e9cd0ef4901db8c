package io.flowlog.cli.doctor;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.Sizes;
import io.flowlog.cli.shared.Table;
import io.flowlog.cli.shared.Table.Column;
import io.flowlog.cli.shared.Terminal;
import io.flowlog.parser.FlowLogFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints one line for each of many inputs, then their sum and how their formats differ. */
final class FolderReport {
    private static final int SHOWN_FORMATS = 10;
    private static final int SHOWN_FILES = 3;

    private final PrintStream out;
    private final FileReport lines;
    private final Table table;
    private final Findings sum = new Findings();
    private final Map<FlowLogFormat, Use> formats = new LinkedHashMap<>();
    private final Map<String, Integer> verdicts = new TreeMap<>();
    private int files;
    private int moreFormats;

    /** Which files have a format. */
    private static final class Use {
        final int number;
        int files;
        final List<String> first = new ArrayList<>();

        Use(int number) {
            this.number = number;
        }

        void add(String name) {
            files++;
            if (first.size() < SHOWN_FILES) {
                first.add(Errors.oneLine(name));
            }
        }
    }

    FolderReport(PrintStream out, Terminal terminal) {
        this.out = out;
        this.lines = new FileReport(out, terminal.outColumns());
        this.table = new Table(
                out,
                terminal.outColumns(),
                terminal.colours(),
                "",
                List.of(
                        Column.text("file"),
                        Column.text("kind"),
                        Column.text("format"),
                        Column.number("records"),
                        Column.number("malformed"),
                        Column.text("function")));
    }

    void file(String name, Findings found) throws IOException {
        files++;
        String verdict = found.nothing != null
                ? found.nothing
                : found.problem != null ? found.problem.code() : found.records == 0 ? "no records" : "delivers";
        verdicts.merge(verdict, 1, Integer::sum);
        table.row(List.of(
                name,
                found.kind,
                numbers(name, found),
                String.format(Locale.ROOT, "%,d", found.records),
                String.format(Locale.ROOT, "%,d", found.malformed),
                verdict));
        sum.addAll(found);
    }

    /** The numbers of the formats of a file. */
    private String numbers(String name, Findings found) {
        List<String> numbers = new ArrayList<>();
        for (FlowLogFormat format : found.formats) {
            if (!formats.containsKey(format) && formats.size() == Findings.MOST_FORMATS) {
                moreFormats++;
                numbers.add("more");
                continue;
            }
            Use use = formats.computeIfAbsent(format, key -> new Use(formats.size() + 1));
            use.add(name);
            numbers.add(Integer.toString(use.number));
        }
        return numbers.isEmpty() ? "-" : String.join(",", numbers);
    }

    void finish() throws IOException {
        table.finish();
        out.println();
        out.println("Sum of " + Sizes.count(files, "file"));
        lines.line("Size", Sizes.bytes(sum.storedBytes) + "; text of flow logs " + Sizes.bytes(sum.textBytes));
        lines.line(
                "Function",
                String.join(
                        ", ",
                        verdicts.entrySet().stream()
                                .map(e -> e.getValue() + " " + e.getKey())
                                .toList()));
        if (formats.isEmpty()) {
            return;
        }
        lines.body(sum);
        lines.columns(sum.columns(), sum.writtenVersion);
        lines.questions(sum.columns());
        formats();
    }

    private void formats() {
        out.println();
        out.println(
                formats.size() == 1 ? "All flow logs have the same format" : "The formats differ: " + formats.size());
        FlowLogFormat usual = formats.entrySet().stream()
                .max((one, other) -> Integer.compare(one.getValue().files, other.getValue().files))
                .orElseThrow()
                .getKey();
        formats.entrySet().stream().limit(SHOWN_FORMATS).forEach(entry -> {
            Use use = entry.getValue();
            lines.line(
                    "Format " + use.number,
                    Sizes.count(use.files, "file") + ": " + String.join(", ", use.first)
                            + (use.files > use.first.size() ? ", ..." : ""));
            if (entry.getKey() != usual) {
                lines.line("", difference(usual, formats.get(usual).number, entry.getKey()));
            }
            out.println(Findings.forAws(entry.getKey()));
        });
        if (formats.size() > SHOWN_FORMATS || moreFormats > 0) {
            lines.line("", "and more formats");
        }
    }

    private static String difference(FlowLogFormat usual, int number, FlowLogFormat format) {
        List<String> lacks = new ArrayList<>(usual.columns());
        lacks.removeAll(format.columns());
        List<String> has = new ArrayList<>(format.columns());
        has.removeAll(usual.columns());
        if (lacks.isEmpty() && has.isEmpty()) {
            return format.duplicates().equals(usual.duplicates())
                    ? "the columns of format " + number + " in another order"
                    : "the columns of format " + number + ", some of them repeated";
        }
        return "compared to format " + number + ": "
                + (lacks.isEmpty() ? "" : "without " + String.join(", ", lacks))
                + (lacks.isEmpty() || has.isEmpty() ? "" : "; ")
                + (has.isEmpty() ? "" : "also " + String.join(", ", has));
    }
}
