package io.flowlog.sink.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a record's id after {@code <source>-}: the line number, or a text that the source has for each line.
 * Immutable.
 */
final class RecordIds {
    private static final int MAX_LONG_DIGITS = 19;
    private static final int LONGEST = 512;

    static final RecordIds LINE_NUMBERS = new RecordIds(null, MAX_LONG_DIGITS);

    private final byte @Nullable [][] byLine;
    private final int maxBytes;

    private RecordIds(byte @Nullable [][] byLine, int maxBytes) {
        this.byLine = byLine;
        this.maxBytes = maxBytes;
    }

    /**
     * Ids of the lines 1, 2 and so on.
     *
     * @throws IllegalArgumentException if one could not be written into JSON as it is
     */
    static RecordIds ofLines(List<String> ids) {
        byte[][] byLine = new byte[ids.size()][];
        int longest = 0;
        for (int i = 0; i < byLine.length; i++) {
            String id = ids.get(i);
            if (!isId(id)) {
                throw new IllegalArgumentException("the id of line " + (i + 1) + " must have 1 to " + LONGEST
                        + " printable ASCII characters, without quotes, backslashes and spaces");
            }
            byLine[i] = id.getBytes(StandardCharsets.US_ASCII);
            longest = Math.max(longest, byLine[i].length);
        }
        return new RecordIds(byLine, longest);
    }

    private static boolean isId(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\');
    }

    /** The most bytes that {@link #write} writes. */
    int maxBytes() {
        return maxBytes;
    }

    /** Writes the id of a line, and returns how many bytes it has. */
    int write(long lineNumber, byte[] to, int at) {
        if (byLine == null) {
            return Decimals.write(lineNumber, to, at);
        }
        byte[] id = byLine[(int) lineNumber - 1];
        System.arraycopy(id, 0, to, at, id.length);
        return id.length;
    }
}
