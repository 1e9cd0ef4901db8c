package io.flowlog.sink.http;

import java.util.Arrays;

/** A Huffman code whose code lengths have a limit, in the order that deflate asks for (RFC 1951, section 3.2.2). */
final class HuffmanCode {
    /** A symbol fits into so many bits, so that a count and its symbol can be sorted as one number. */
    private static final int SYMBOL_BITS = 9;

    /** By symbol: the length of its code in bits, 0 for a symbol that does not occur. */
    final int[] lengths;
    /** By symbol: its code, the first bit lowest. */
    final int[] codes;

    private final int mostBits;
    private final long[] sorted;
    private final long[] weights;
    private final int[] parents;

    /**
     * A code for symbols from 0.
     *
     * @param symbols at most 512
     * @param mostBits the longest code
     */
    HuffmanCode(int symbols, int mostBits) {
        this.mostBits = mostBits;
        lengths = new int[symbols];
        codes = new int[symbols];
        sorted = new long[symbols];
        weights = new long[2 * symbols];
        parents = new int[2 * symbols];
    }

    /** Makes the code for these counts. Without two symbols that occur, one code has a length of 1. */
    void build(int[] counts) {
        Arrays.fill(lengths, 0);
        int used = 0;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (counts[symbol] > 0) {
                sorted[used++] = (long) counts[symbol] << SYMBOL_BITS | symbol;
            }
        }
        if (used < 2) {
            lengths[used == 0 ? 0 : symbol(0)] = 1;
        } else {
            Arrays.sort(sorted, 0, used);
            join(used);
            assignLengths(used);
        }
        assignCodes();
    }

    private int symbol(int rank) {
        return (int) sorted[rank] & (1 << SYMBOL_BITS) - 1;
    }

    /** Joins the two lightest nodes until one is left: leaves come sorted, and joined nodes arise sorted. */
    private void join(int used) {
        for (int i = 0; i < used; i++) {
            weights[i] = sorted[i] >>> SYMBOL_BITS;
        }
        int leaf = 0;
        int joined = used;
        for (int next = used; next < 2 * used - 1; next++) {
            weights[next] = 0;
            for (int child = 0; child < 2; child++) {
                boolean takeLeaf = leaf < used && (joined == next || weights[leaf] <= weights[joined]);
                int lightest = takeLeaf ? leaf++ : joined++;
                weights[next] += weights[lightest];
                parents[lightest] = next;
            }
        }
    }

    private void assignLengths(int used) {
        int root = 2 * used - 2;
        int[] depths = parents;
        depths[root] = 0;
        int[] perLength = new int[mostBits + 1];
        for (int node = root - 1; node >= 0; node--) {
            depths[node] = depths[parents[node]] + 1;
            if (node < used) {
                perLength[Math.min(depths[node], mostBits)]++;
            }
        }
        fit(perLength);
        int rank = 0;
        for (int length = mostBits; length > 0; length--) {
            for (int i = 0; i < perLength[length]; i++) {
                lengths[symbol(rank++)] = length;
            }
        }
    }

    /** Codes that the limit made too short leave too few for the others: lengthens others until all fit (Kraft's sum). */
    private void fit(int[] perLength) {
        long sum = 0;
        for (int length = 1; length <= mostBits; length++) {
            sum += (long) perLength[length] << (mostBits - length);
        }
        for (; sum > 1L << mostBits; sum--) {
            perLength[mostBits]--;
            int shorter = mostBits - 1;
            while (perLength[shorter] == 0) {
                shorter--;
            }
            perLength[shorter]--;
            perLength[shorter + 1] += 2;
        }
    }

    private void assignCodes() {
        int[] perLength = new int[mostBits + 1];
        for (int length : lengths) {
            perLength[length]++;
        }
        perLength[0] = 0;
        int[] next = new int[mostBits + 1];
        for (int length = 1; length <= mostBits; length++) {
            next[length] = next[length - 1] + perLength[length - 1] << 1;
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            codes[symbol] = length == 0 ? 0 : Integer.reverse(next[length]++) >>> (Integer.SIZE - length);
        }
    }
}
