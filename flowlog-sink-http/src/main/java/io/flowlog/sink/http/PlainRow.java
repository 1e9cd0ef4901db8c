// Hot: guarded by benchmarks EncodeBenchmark.
package io.flowlog.sink.http;

import io.flowlog.parser.LineView;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Writes the columns of a row that needs no escape. Heads and values are copied with a fixed number of stores, which usually
 * writes more bytes than needed; the next column overwrites them. A run of absent columns is copied at once.
 *
 * <p>The conditions are ordered so that the first one is almost always false. A condition that is true for every other value,
 * such as "one byte long", costs more than copying the value.
 */
final class PlainRow {
    /** The number of bytes after the end of a row that may be overwritten. */
    static final int SLACK = 32;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** The bytes of a head that are always copied. The heads of all fields that AWS documents are shorter. */
    private static final int HEAD_BYTES = ColumnPlan.HEAD_WORDS * Long.BYTES;
    /** The bytes of a value that are always copied. Only IPv6 addresses, ARNs and some names are longer. */
    private static final int VALUE_BYTES = LineView.SLACK;

    /** Four absent columns, each with the space after it. */
    private static final long FOUR_ABSENT = 0x202D202D202D202DL;
    /** The digit 0 and the upper half of a second digit, among the bits of {@link #ZERO_MASK}. */
    private static final long LEADING_ZERO = 0x3030;

    private static final long ZERO_MASK = 0xF0FF;

    private PlainRow() {}

    /**
     * Writes all columns, each with a comma before it, and adds their parts if they are wanted.
     *
     * @return the position after the last column
     */
    static int write(LineView line, ColumnPlan plan, @Nullable LineParts parts, byte[] to, int from) {
        byte[] in = line.bytes();
        int[] ends = line.ends();
        int firstEnd = line.firstEnd();
        long[] columns = plan.columns;
        int start = line.start();
        int at = from;
        int column = 0;
        while (column < plan.size) {
            int end = ends[firstEnd + column];
            long word = (long) WORDS.get(in, start);
            if ((byte) word == '-' && end - start == 1) {
                int next = column + absentRun(in, start, plan.size - column);
                if (parts != null) {
                    addAbsent(parts, plan, column, next, at);
                }
                int text = plan.absentStarts[column];
                int length = plan.absentStarts[next] - text;
                System.arraycopy(plan.absents, text, to, at, length);
                at += length;
                start += 2 * (next - column);
                column = next;
                continue;
            }
            int i = column * ColumnPlan.STRIDE;
            if (parts != null) {
                parts.parts[parts.count++] = columns[i + ColumnPlan.VALUE_PART] | at;
            }
            WORDS.set(to, at, columns[i]);
            WORDS.set(to, at + 8, columns[i + 1]);
            WORDS.set(to, at + 16, columns[i + 2]);
            WORDS.set(to, at + 24, columns[i + 3]);
            int headLength = (int) columns[i + ColumnPlan.HEAD_LENGTH];
            if (headLength > HEAD_BYTES) {
                System.arraycopy(plan.heads[column], HEAD_BYTES, to, at + HEAD_BYTES, headLength - HEAD_BYTES);
            }
            at += headLength;
            int quote = (int) columns[i + ColumnPlan.QUOTE];
            if ((word & ZERO_MASK) == LEADING_ZERO && quote == 0) {
                start = skipZeros(in, start, end);
                word = (long) WORDS.get(in, start);
            }
            WORDS.set(to, at, word);
            WORDS.set(to, at + 8, (long) WORDS.get(in, start + 8));
            WORDS.set(to, at + 16, (long) WORDS.get(in, start + 16));
            int length = end - start;
            if (length > VALUE_BYTES) {
                System.arraycopy(in, start + VALUE_BYTES, to, at + VALUE_BYTES, length - VALUE_BYTES);
            }
            at += length;
            to[at] = '"';
            at += quote;
            start = end + 1;
            column++;
        }
        return at;
    }

    /** How many columns from here on are certainly absent: 1, or a multiple of four that is at most {@code most}. */
    private static int absentRun(byte[] in, int start, int most) {
        int run = 0;
        while (run + 4 <= most && (long) WORDS.get(in, start + 2 * run) == FOUR_ABSENT) {
            run += 4;
        }
        return Math.max(run, 1);
    }

    private static void addAbsent(LineParts parts, ColumnPlan plan, int column, int next, int at) {
        int shift = at - plan.absentStarts[column];
        for (int i = column; i < next; i++) {
            parts.parts[parts.count++] = plan.columns[i * ColumnPlan.STRIDE + ColumnPlan.ABSENT_PART] + shift;
        }
    }

    /** The position of the first digit that counts. */
    static int skipZeros(byte[] in, int start, int end) {
        int first = start;
        while (first < end - 1 && in[first] == '0') {
            first++;
        }
        return first;
    }
}
