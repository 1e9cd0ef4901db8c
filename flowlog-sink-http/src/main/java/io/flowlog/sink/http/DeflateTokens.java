// benchmarks: CompressBenchmark
package io.flowlog.sink.http;

import static io.flowlog.sink.http.DeflateCodes.DISTANCE_SYMBOLS;
import static io.flowlog.sink.http.DeflateCodes.END_OF_BLOCK;
import static io.flowlog.sink.http.DeflateCodes.FIRST_LENGTH_SYMBOL;
import static io.flowlog.sink.http.DeflateCodes.LEAST_LENGTH;
import static io.flowlog.sink.http.DeflateCodes.LITERAL_LENGTH_SYMBOLS;
import static io.flowlog.sink.http.DeflateCodes.LITERAL_SYMBOLS;
import static io.flowlog.sink.http.DeflateCodes.MOST_LENGTH;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Collects the literals and matches of a block, and writes them with Huffman codes that are optimal for this block. A block
 * ends when this collection is full, at any position.
 */
final class DeflateTokens {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MOST_LITERALS = 64 * 1024;
    private static final int MOST_MATCHES = 16 * 1024;
    /** Shorter than deflate's 15, so that four literals, or a match, fit into one word beside seven waiting bits. */
    private static final int MOST_BITS = 12;

    private static final int CODE_MASK = 0xffffff;

    private final byte[] literals = new byte[MOST_LITERALS + Long.BYTES];
    /** The number of literals in front of a match (upper half), its length and its distance. */
    private final long[] matches = new long[MOST_MATCHES];

    private int literalCount;
    private int matchCount;
    /** Literals since the last match. */
    private int pending;

    private final int[] literalCounts = new int[LITERAL_LENGTH_SYMBOLS];
    private final int[] distanceCounts = new int[DISTANCE_SYMBOLS];
    private final HuffmanCode literalCode = new HuffmanCode(LITERAL_LENGTH_SYMBOLS, MOST_BITS);
    private final HuffmanCode distanceCode = new HuffmanCode(DISTANCE_SYMBOLS, MOST_BITS);
    private final DeflateBlockHeader header = new DeflateBlockHeader();
    /** By literal and by length: code and extra bits, and in the upper byte how many these are. */
    private final int[] literalWords = new int[LITERAL_SYMBOLS];

    private final int[] lengthWords = new int[MOST_LENGTH + 1];
    private final BitOutput out;

    DeflateTokens(BitOutput out) {
        this.out = out;
    }

    /** Adds bytes as they are. Eight bytes from {@code end} on must be readable. */
    void literals(byte[] from, int start, int end) {
        int at = start;
        while (at < end) {
            int count = Math.min(end - at, MOST_LITERALS - literalCount);
            for (int i = 0; i < count; i += Long.BYTES) {
                WORDS.set(literals, literalCount + i, (long) WORDS.get(from, at + i));
            }
            for (int i = at; i < at + count; i++) {
                literalCounts[from[i] & 0xff]++;
            }
            literalCount += count;
            pending += count;
            at += count;
            if (literalCount == MOST_LITERALS) {
                writeBlock(false);
            }
        }
    }

    /** Adds a repetition of 3 bytes or more. */
    void match(int length, int distance) {
        int rest = length;
        while (rest > MOST_LENGTH) {
            int part = Math.min(MOST_LENGTH, rest - LEAST_LENGTH);
            add(part, distance);
            rest -= part;
        }
        add(rest, distance);
    }

    private void add(int length, int distance) {
        matches[matchCount++] = (long) pending << Integer.SIZE | length << 16 | distance;
        pending = 0;
        literalCounts[FIRST_LENGTH_SYMBOL + DeflateCodes.lengthSymbol(length)]++;
        distanceCounts[DeflateCodes.distanceSymbol(distance)]++;
        if (matchCount == MOST_MATCHES) {
            writeBlock(false);
        }
    }

    /** Writes what was collected as a block, and forgets it. */
    void writeBlock(boolean last) {
        literalCounts[END_OF_BLOCK] = 1;
        literalCode.build(literalCounts);
        distanceCode.build(distanceCounts);
        out.reserve(header.mostBytes() + literalCount * 2 + matchCount * 7);
        header.write(last, literalCode, distanceCode, out);
        fillWords();
        writeTokens();
        out.put(literalCode.codes[END_OF_BLOCK], literalCode.lengths[END_OF_BLOCK]);
        Arrays.fill(literalCounts, 0);
        Arrays.fill(distanceCounts, 0);
        literalCount = 0;
        matchCount = 0;
        pending = 0;
    }

    private void fillWords() {
        for (int literal = 0; literal < LITERAL_SYMBOLS; literal++) {
            literalWords[literal] = literalCode.codes[literal] | literalCode.lengths[literal] << 24;
        }
        for (int length = LEAST_LENGTH; length <= MOST_LENGTH; length++) {
            int symbol = DeflateCodes.lengthSymbol(length);
            int bits = literalCode.lengths[FIRST_LENGTH_SYMBOL + symbol];
            lengthWords[length] = literalCode.codes[FIRST_LENGTH_SYMBOL + symbol]
                    | length - DeflateCodes.firstLength(symbol) << bits
                    | bits + DeflateCodes.lengthExtraBits(symbol) << 24;
        }
    }

    private void writeTokens() {
        int literal = 0;
        for (int i = 0; i < matchCount; i++) {
            long token = matches[i];
            int end = literal + (int) (token >>> Integer.SIZE);
            writeLiterals(literal, end);
            literal = end;
            int lengthWord = lengthWords[(int) token >>> 16];
            int lengthBits = lengthWord >>> 24;
            int distance = (int) token & 0xffff;
            int symbol = DeflateCodes.distanceSymbol(distance);
            int codeBits = distanceCode.lengths[symbol];
            long distanceWord = distanceCode.codes[symbol] | distance - DeflateCodes.firstDistance(symbol) << codeBits;
            out.put(
                    lengthWord & CODE_MASK | distanceWord << lengthBits,
                    lengthBits + codeBits + DeflateCodes.distanceExtraBits(symbol));
        }
        writeLiterals(literal, literalCount);
    }

    private void writeLiterals(int start, int end) {
        int at = start;
        while (at < end) {
            int stop = Math.min(end, at + 4);
            long word = 0;
            int bits = 0;
            for (; at < stop; at++) {
                int code = literalWords[literals[at] & 0xff];
                word |= (long) (code & CODE_MASK) << bits;
                bits += code >>> 24;
            }
            out.put(word, bits);
        }
    }
}
