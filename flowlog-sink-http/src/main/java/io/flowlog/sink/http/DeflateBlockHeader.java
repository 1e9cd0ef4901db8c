package io.flowlog.sink.http;

import java.util.Arrays;

/** Writes the codes of a block with dynamic Huffman codes (RFC 1951, section 3.2.7). */
final class DeflateBlockHeader {
    private static final int REPEAT = 16;
    private static final int FEW_ZEROS = 17;
    private static final int MANY_ZEROS = 18;
    private static final int SYMBOLS = 19;
    private static final int MOST_BITS = 7;
    private static final int DYNAMIC = 2;
    /** The order in which the lengths of these codes are written. */
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private final HuffmanCode code = new HuffmanCode(SYMBOLS, MOST_BITS);
    private final int[] symbols = new int[DeflateCodes.LITERAL_LENGTH_SYMBOLS + DeflateCodes.DISTANCE_SYMBOLS];
    private final int[] extras = new int[symbols.length];
    private int count;

    /** The most bytes that a header takes. */
    int mostBytes() {
        return 32 + symbols.length * 2;
    }

    void write(boolean last, HuffmanCode literals, HuffmanCode distances, BitOutput out) {
        int literalCount = used(literals, DeflateCodes.FIRST_LENGTH_SYMBOL);
        int distanceCount = used(distances, 1);
        int[] lengths = Arrays.copyOf(literals.lengths, literalCount + distanceCount);
        System.arraycopy(distances.lengths, 0, lengths, literalCount, distanceCount);
        findRuns(lengths);
        int[] counts = new int[SYMBOLS];
        for (int i = 0; i < count; i++) {
            counts[symbols[i]]++;
        }
        code.build(counts);
        int codeCount = SYMBOLS;
        while (codeCount > 4 && code.lengths[ORDER[codeCount - 1]] == 0) {
            codeCount--;
        }
        out.put(last ? 1 : 0, 1);
        out.put(DYNAMIC, 2);
        out.put(literalCount - DeflateCodes.FIRST_LENGTH_SYMBOL, 5);
        out.put(distanceCount - 1, 5);
        out.put(codeCount - 4, 4);
        for (int i = 0; i < codeCount; i++) {
            out.put(code.lengths[ORDER[i]], 3);
        }
        for (int i = 0; i < count; i++) {
            int symbol = symbols[i];
            out.put(code.codes[symbol], code.lengths[symbol]);
            out.put(extras[i], extraBits(symbol));
        }
    }

    private static int extraBits(int symbol) {
        return switch (symbol) {
            case REPEAT -> 2;
            case FEW_ZEROS -> 3;
            case MANY_ZEROS -> 7;
            default -> 0;
        };
    }

    private static int used(HuffmanCode code, int least) {
        int used = code.lengths.length;
        while (used > least && code.lengths[used - 1] == 0) {
            used--;
        }
        return used;
    }

    private void findRuns(int[] lengths) {
        count = 0;
        int at = 0;
        while (at < lengths.length) {
            int length = lengths[at];
            int end = at + 1;
            while (end < lengths.length && lengths[end] == length) {
                end++;
            }
            int rest = end - at;
            if (length > 0) {
                add(length, 0);
                rest--;
            }
            while (rest > 2) {
                int most = length > 0 ? 6 : rest > 10 ? 138 : 10;
                int run = Math.min(rest, most);
                if (length > 0) {
                    add(REPEAT, run - 3);
                } else if (run > 10) {
                    add(MANY_ZEROS, run - 11);
                } else {
                    add(FEW_ZEROS, run - 3);
                }
                rest -= run;
            }
            for (; rest > 0; rest--) {
                add(length, 0);
            }
            at = end;
        }
    }

    private void add(int symbol, int extra) {
        symbols[count] = symbol;
        extras[count++] = extra;
    }
}
