package io.flowlog.parser;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The slow path for any line: it splits the line at spaces and decides whether it is blank, a header, a record or malformed. Every
 * line that the fast path does not accept comes here, so this class contains all rules of the format.
 */
final class LineParser {
    private static final int SLACK = Digits.BEFORE;

    /** The words of the line with one space between them. */
    private byte[] line = new byte[256];

    private int[] ends = new int[64];
    private int words;

    /** Splits the line into words. Repeated spaces, spaces at its ends and a carriage return at its end do not count. */
    void split(byte[] bytes, int start, int end) {
        int to = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
        int needed = SLACK + to - start + 1 + LineView.SLACK;
        if (line.length < needed) {
            line = new byte[Math.max(needed, 2 * line.length)];
        }
        words = 0;
        ends[0] = SLACK - 1;
        int out = SLACK;
        int i = start;
        while (i < to) {
            if (bytes[i] == ' ') {
                i++;
                continue;
            }
            while (i < to && bytes[i] != ' ') {
                line[out++] = bytes[i++];
            }
            endWord(out++);
        }
    }

    private void endWord(int at) {
        line[at] = ' ';
        words++;
        if (words == ends.length) {
            ends = Arrays.copyOf(ends, 2 * ends.length);
        }
        ends[words] = at;
    }

    boolean isBlank() {
        return words == 0;
    }

    private int start(int word) {
        return ends[word] + 1;
    }

    private int end(int word) {
        return ends[word + 1];
    }

    /**
     * Returns the names if this line is a header: every word is a valid name, and enough of them are known fields, or
     * they repeat the names of {@code current}.
     */
    @Nullable
    List<String> headerNames(@Nullable FlowLogFormat current) {
        int first = firstName();
        if (line[first] < 'a' || line[first] > 'z') {
            return null;
        }
        List<String> names = new ArrayList<>(words);
        int known = 0;
        for (int word = 0; word < words; word++) {
            int start = word == 0 ? first : start(word);
            String name = new String(line, start, end(word) - start, StandardCharsets.ISO_8859_1);
            if (!FlowLogFormat.isName(name)) {
                return null;
            }
            names.add(name);
            known += FlowLogField.of(name).isPresent() ? 1 : 0;
        }
        boolean enough = current == null ? known >= 1 : known >= 2 || names.equals(current.written());
        return enough ? names : null;
    }

    /** Where the first name begins: after a byte order mark, which concatenated files may contain. */
    private int firstName() {
        boolean mark = words > 0
                && end(0) - SLACK > 3
                && line[SLACK] == (byte) 0xEF
                && line[SLACK + 1] == (byte) 0xBB
                && line[SLACK + 2] == (byte) 0xBF;
        return mark ? SLACK + 3 : SLACK;
    }

    /** Makes this line the {@code row}, or returns why it is malformed. */
    @Nullable
    MalformedLine toRow(FlowLogFormat format, String source, long lineNumber, CurrentRow row) {
        int expected = format.written().size();
        if (words != expected) {
            return new MalformedLine(
                    source,
                    lineNumber,
                    words < expected ? MalformedLine.Kind.TOO_FEW_COLUMNS : MalformedLine.Kind.TOO_MANY_COLUMNS,
                    null,
                    "expected " + expected + " columns, found " + words,
                    sample());
        }
        if (format.hasDuplicates()) {
            dropDuplicates(format);
        }
        for (int column : format.integerColumns) {
            if (!Digits.valid(line, start(column), end(column))) {
                return new MalformedLine(
                        source,
                        lineNumber,
                        MalformedLine.Kind.NOT_AN_INTEGER,
                        format.name(column),
                        "expected - or an integer from 0 to 9223372036854775807, found "
                                + Text.quoted(line, start(column), end(column)),
                        sample());
            }
        }
        row.set(format, lineNumber, line, ends, 1);
        return null;
    }

    /** Removes the words of columns whose name occurred before in the header. */
    private void dropDuplicates(FlowLogFormat format) {
        int kept = 0;
        int out = SLACK;
        for (int word = 0; word < words; word++) {
            int start = start(word);
            int length = end(word) - start;
            if (format.indexOf(format.written().get(word)) == kept) {
                System.arraycopy(line, start, line, out, length);
                out += length;
                line[out] = ' ';
                // The word's own end was read above: ends[kept + 1] is never ahead of it.
                ends[++kept] = out++;
            }
        }
        words = kept;
    }

    private String sample() {
        return words == 0 ? "\"\"" : Text.quoted(line, SLACK, end(words - 1));
    }
}
