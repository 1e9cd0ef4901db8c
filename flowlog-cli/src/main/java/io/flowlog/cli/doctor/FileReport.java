package io.flowlog.cli.doctor;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.Sizes;
import io.flowlog.cli.shared.Table;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.MalformedLine;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Prints all that was found about one input. Lines have at most 80 characters, except for a format to be copied. */
final class FileReport {
    private static final int WIDTH = 80;
    private static final int LABEL = 14;
    private static final int SHOWN_NAMES = 3;
    private static final int SHOWN_FORMATS = 10;

    private final PrintStream out;
    private final int width;

    FileReport(PrintStream out, int columns) {
        this.out = out;
        this.width = Math.min(WIDTH, Math.max(2 * LABEL, columns));
    }

    void print(String name, Findings found) {
        out.println(Errors.oneLine(name));
        line("Kind", found.kind);
        line("Size", size(found));
        if (found.isFlowLog()) {
            columns(found.columns(), found.writtenVersion);
            formats(found);
            body(found);
            questions(found.columns());
        }
        line("Function", function(found));
    }

    /** What records and lines have in common for one input and for many. */
    void body(Findings found) {
        line("Records", records(found));
        malformed(found);
        found.times.span().ifPresent(span -> line("Time", span));
        found.times.interval().ifPresent(interval -> line("Interval", interval));
        names("Interfaces", found.interfaces);
        names("Attachments", found.attachments);
        names("Accounts", found.accounts);
    }

    private static String size(Findings found) {
        String stored = Sizes.bytes(found.storedBytes);
        if (!found.compression.isEmpty() && found.textBytes > 0) {
            return stored + ", of text " + Sizes.bytes(found.textBytes) + " (" + found.compression + " "
                    + Sizes.ratio(found.textBytes, found.storedBytes) + ")";
        }
        return found.compressibility == 0
                ? stored
                : String.format(
                        Locale.ROOT, "%s of text (gzip would reach about %.1f : 1)", stored, found.compressibility);
    }

    private static String records(Findings found) {
        String count = String.format(Locale.ROOT, "%,d", found.records);
        if (found.records == 0) {
            return count;
        }
        return found.statuses.isEmpty() ? count + " (no log-status column)" : count + ": " + found.statusText();
    }

    void columns(Set<String> columns, long written) {
        List<String> unknown = Findings.unknown(columns);
        int version = Findings.version(columns);
        line("Columns", columns.size() + ", of which AWS documents " + (columns.size() - unknown.size()));
        if (!unknown.isEmpty()) {
            line("Unknown", String.join(", ", unknown));
        }
        line(
                "Version",
                version + " (the highest of the columns)"
                        + (written == 0 || written == version ? "" : "; the records say " + written));
    }

    private void formats(Findings found) {
        int shown = 0;
        for (FlowLogFormat format : found.formats) {
            if (shown++ == SHOWN_FORMATS) {
                line("", "and " + (found.formats.size() - SHOWN_FORMATS) + " more formats");
                return;
            }
            line(
                    "Format",
                    found.formats.size() == 1
                            ? "as in AWS's settings of a flow log:"
                            : shown + " of " + found.formats.size() + " in this file, as in AWS's settings:");
            out.println(Findings.forAws(format));
            if (!format.duplicates().isEmpty()) {
                line("", "more than once in the header: " + String.join(", ", format.duplicates()));
            }
        }
    }

    private void malformed(Findings found) {
        if (found.malformed == 0) {
            return;
        }
        long lines = found.malformed + found.records;
        line("Malformed", String.format(Locale.ROOT, "%,d of %,d lines: %s", found.malformed, lines, reasons(found)));
        for (MalformedLine sample : found.samples) {
            line(
                    "",
                    "line " + sample.lineNumber()
                            + sample.column()
                                    .map(column -> ", column " + column)
                                    .orElse("") + ": " + sample.reason());
            line("", Table.shortened(sample.sample(), width - LABEL));
        }
    }

    private static String reasons(Findings found) {
        return String.join(
                ", ",
                found.malformedKinds.entrySet().stream()
                        .map(e -> String.format(Locale.ROOT, "%,d ", e.getValue())
                                + e.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .toList());
    }

    private void names(String label, Distinct names) {
        if (!names.isEmpty()) {
            line(label, names.summary(SHOWN_NAMES));
        }
    }

    void questions(Set<String> columns) {
        Map<String, List<String>> missing = QueryColumns.missing(columns);
        int answered = QueryColumns.count() - missing.size();
        line(
                "Questions",
                "'flowlog query' answers " + answered + " of " + QueryColumns.count()
                        + (missing.isEmpty() ? "" : "; missing columns:"));
        missing.forEach((query, names) -> line("", query + ": " + String.join(", ", names)));
    }

    static String function(Findings found) {
        if (found.nothing != null) {
            return "nothing to deliver (" + found.nothing + ")";
        }
        if (found.problem != null) {
            return "fails with " + found.problem.code() + ": " + found.problem.text();
        }
        if (found.malformed > 0) {
            return String.format(
                    Locale.ROOT,
                    "delivers %s, skips %s",
                    Sizes.count(found.records, "record"),
                    Sizes.count(found.malformed, "malformed line"));
        }
        return found.records == 0 ? "delivers no records" : "delivers " + Sizes.count(found.records, "record");
    }

    /** A label and a text, which is wrapped between words. */
    void line(String label, String text) {
        StringBuilder line = new StringBuilder("  " + label);
        line.append(" ".repeat(Math.max(0, LABEL - line.length())));
        int used = LABEL;
        for (String word : Errors.oneLine(text).split(" ")) {
            if (used > LABEL && used + 1 + word.length() > width) {
                line.append('\n').append(" ".repeat(LABEL));
                used = LABEL;
            }
            if (used > LABEL) {
                line.append(' ');
                used++;
            }
            line.append(word);
            used += word.length();
        }
        out.println(line);
    }
}
