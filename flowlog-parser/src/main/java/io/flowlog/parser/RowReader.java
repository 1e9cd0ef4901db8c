package io.flowlog.parser;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns lines into rows of the current header. A line with the right number of columns and valid integers takes the fast
 * path. Every other line takes the slow path. Every line is counted.
 */
final class RowReader implements Closeable {
    private final LineSource source;
    private final String name;
    private final int maxLineLength;
    private final @Nullable Consumer<? super MalformedLine> onMalformed;
    private final DelimiterIndex index = new DelimiterIndex();
    private final LineParser parser = new LineParser();
    final CurrentRow row = new CurrentRow();

    private @Nullable FlowLogFormat format;
    /** The number of columns if the fast path can be used for this format, otherwise -1. */
    private int fastColumns = -1;

    private int[] integerColumns = {};

    /** The next line of the window. */
    private int line;

    /** The lines of a window if all of them are certainly records of the format, otherwise 0. */
    private int records;

    private long lines;
    private long malformed;
    private long headers;
    private long blank;

    RowReader(
            LineSource source,
            String name,
            int maxLineLength,
            @Nullable Consumer<? super MalformedLine> onMalformed,
            @Nullable FlowLogFormat format) {
        this.source = source;
        this.name = name;
        this.maxLineLength = maxLineLength;
        this.onMalformed = onMalformed;
        if (format != null) {
            use(format);
        }
    }

    /** Makes the next record the row; false at the end of the input. */
    boolean advance() throws IOException {
        if (line < records) {
            int first = 1 + fastColumns * line++;
            row.set(Objects.requireNonNull(format), ++lines, source.bytes, index, first);
            return true;
        }
        return advanceExactly();
    }

    private boolean advanceExactly() throws IOException {
        if (format == null && !findHeader()) {
            return false;
        }
        while (true) {
            if (line == index.lines) {
                if (!nextWindow()) {
                    return false;
                }
                if (records > 0) {
                    return advance();
                }
                continue;
            }
            int first = line == 0 ? 1 : index.lineEnds[line - 1] + 1;
            int last = index.lineEnds[line++];
            lines++;
            if (vouchFor(first, last) || readExactly(first, last)) {
                return true;
            }
        }
    }

    /** Returns whether all lines of the window are certainly records of the format. */
    private boolean vouchForAll() {
        return index.regular
                && source.end - source.start <= maxLineLength
                && Digits.valid(source.bytes, index.ends, index.lines, fastColumns, integerColumns);
    }

    /** Returns whether the line is certainly a record of the format; if so, it becomes the row. */
    private boolean vouchFor(int first, int last) {
        int[] ends = index.ends;
        if (last - first + 1 != fastColumns || ends[last] - ends[first - 1] - 1 > maxLineLength || !index.clean) {
            return false;
        }
        byte[] bytes = source.bytes;
        if (!Digits.valid(bytes, ends, first, integerColumns)) {
            return false;
        }
        row.set(Objects.requireNonNull(format), lines, bytes, index, first);
        return true;
    }

    /** Reads any line by the rules of the format; true if it is a record and became the row. */
    private boolean readExactly(int first, int last) {
        FlowLogFormat current = Objects.requireNonNull(format);
        int start = index.ends[first - 1] + 1;
        int end = index.ends[last];
        int length = length(start, end);
        if (length > maxLineLength) {
            report(tooLong(length, start, start + length));
            return false;
        }
        parser.split(source.bytes, start, end);
        if (parser.isBlank()) {
            blank++;
            return false;
        }
        // A row of a Parquet file is a record, whatever its values are.
        List<String> names = source.parquet() == null ? parser.headerNames(current) : null;
        if (names != null) {
            useHeader(names);
            return false;
        }
        MalformedLine why = parser.toRow(current, name, lines, row);
        if (why != null) {
            report(why.withText(source.bytes, start, start + length));
        }
        return why == null;
    }

    /** The length of a line without its line end, which may include one carriage return. */
    private int length(int start, int end) {
        return end > start && source.bytes[end - 1] == '\r' ? end - start - 1 : end - start;
    }

    private boolean nextWindow() throws IOException {
        line = 0;
        records = 0;
        index.lines = 0;
        LineSource.Found found = source.next();
        ParquetSupport.Rows parquet = source.parquet();
        if (parquet != null && headers == 0) {
            // As if the names were the first line, so that row 1 has line number 2, as in a text file.
            lines++;
            useHeader(parquet.columns());
        }
        switch (found) {
            case LINES -> {
                index.index(source.bytes, source.start, source.end, fastColumns);
                records = vouchForAll() ? index.lines : 0;
            }
            case TOO_LONG_LINE -> {
                lines++;
                if (format == null) {
                    throw source.fail(tooLongHeader(source.skippedLength(), source.start, source.end));
                }
                report(tooLong(source.skippedLength(), source.start, source.end));
            }
            case END -> {
                return false;
            }
        }
        return true;
    }

    private MalformedLine tooLong(long length, int start, int end) {
        return new MalformedLine(
                        name,
                        lines,
                        MalformedLine.Kind.TOO_LONG,
                        null,
                        "expected a line of at most " + maxLineLength + " bytes, found one of " + length,
                        Text.quoted(source.bytes, start, end))
                .withText(source.bytes, start, end);
    }

    private void report(MalformedLine line) {
        malformed++;
        if (onMalformed == null) {
            throw new FlowLogParseException(line);
        }
        onMalformed.accept(line);
    }

    /** Reads the first header; false if the input has only blank lines. */
    private boolean findHeader() throws IOException {
        while (format == null) {
            if (line == index.lines) {
                if (!nextWindow()) {
                    return false;
                }
                continue;
            }
            int start = index.ends[line == 0 ? 0 : index.lineEnds[line - 1]] + 1;
            int end = index.ends[index.lineEnds[line++]];
            lines++;
            if (length(start, end) > maxLineLength) {
                throw source.fail(tooLongHeader(length(start, end), start, end));
            }
            parser.split(source.bytes, start, end);
            if (parser.isBlank()) {
                blank++;
                continue;
            }
            List<String> names = parser.headerNames(null);
            if (names == null) {
                throw source.fail(noHeader(start, end));
            }
            useHeader(names);
        }
        return true;
    }

    private NotAFlowLogException tooLongHeader(long length, int start, int end) {
        return notAFlowLog("expected a header line of at most " + maxLineLength + " bytes, found a line of " + length
                + " bytes that begins with " + Text.quoted(source.bytes, start, end)
                + "; raise the limit if it is a header");
    }

    private NotAFlowLogException noHeader(int start, int end) {
        int textEnd = start + length(start, end);
        String hyphens = AwsNames.withHyphens(new String(source.bytes, start, textEnd - start, StandardCharsets.UTF_8));
        return notAFlowLog("expected a header line with the names of flow log fields, found "
                + Text.quoted(source.bytes, start, textEnd)
                + (hyphens == null
                        ? "; if the input has no header, set its format"
                        : "; AWS writes the names of text files with hyphens, such as " + hyphens
                                + ": another program wrote this file; rename the columns in its first line"));
    }

    private NotAFlowLogException notAFlowLog(String expectedAndFound) {
        return new NotAFlowLogException(NotAFlowLogException.Kind.NO_HEADER, name, lines, expectedAndFound);
    }

    private void useHeader(List<String> names) {
        headers++;
        if (format != null && names.equals(format.written())) {
            return;
        }
        FlowLogFormat header = FlowLogFormat.ofHeader(names);
        if (header.hasDuplicates()) {
            // Not in a static field: loading the JDK's logging takes longer than reading a small file.
            System.Logger log = System.getLogger(FlowLogReader.class.getName());
            log.log(
                    System.Logger.Level.WARNING,
                    "{0}, line {1}: the header names {2} more than once; only the first column of a name is read",
                    name,
                    Long.toString(lines),
                    header.duplicates());
        }
        use(header);
    }

    private void use(FlowLogFormat next) {
        format = next;
        integerColumns = next.integerColumns;
        // Without an integer column, only the names distinguish a header from a record.
        fastColumns = next.hasDuplicates() || integerColumns.length == 0 ? -1 : next.size();
    }

    /** The current header, read if necessary; null if there is none. */
    @Nullable
    FlowLogFormat format() throws IOException {
        findHeader();
        return format;
    }

    long gzipMembers() {
        return source.gzipMembers();
    }

    /** The counts, of which so many records were filtered out. */
    FlowLogCounts counts(long filtered) {
        long records = lines - malformed - headers - blank - filtered;
        return new FlowLogCounts(lines, records, filtered, malformed, headers, blank, source.bytesRead());
    }

    @Override
    public void close() throws IOException {
        line = 0;
        records = 0;
        index.lines = 0;
        source.close();
    }
}
