// benchmarks: CompressBenchmark
package io.flowlog.sink.http;

import static io.flowlog.sink.http.DeflateCodes.LEAST_LENGTH;
import static io.flowlog.sink.http.DeflateCodes.WINDOW_BYTES;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds repetitions in JSON lines whose parts are known. A match continues through all parts that are equal, so most parts
 * cost nothing. Only if it ends inside a part, the search starts for another match, in this order: an earlier part with
 * the same value and the same next value (the longest match of a few candidates), a part with the same value, the same
 * value in any other column, and a value with the same beginning. A match starts earlier if the bytes before it are equal
 * too.
 *
 * <p>The result depends only on the lines and on where blocks start. Every match is compared byte by byte, so incorrect
 * parts make a body larger but never incorrect.
 */
final class LineMatcher {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Multipliers of hashes: 2^64 divided by the golden ratio, and a prime of XXH64. */
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private static final long MIX_SLOT = 0xC2B2AE3D27D4EB4FL;
    private static final int TABLE_BITS = 13;
    private static final int SLOTS = 1024;
    /** Parts that can be looked up; more than a window holds, unless they are shorter than eight bytes. */
    private static final int RECENT = 4096;
    /** How many earlier parts with the same two values are compared. */
    private static final int CANDIDATES = 4;

    private static final int SHORT_BEGINNING = 5;
    private static final int LONG_BEGINNING = 8;
    /** A value that is shorter is cheaper as literals than as a match of its own. */
    private static final int LEAST_FOREIGN_VALUE = 6;
    /** A shorter gain does not pay for another match. */
    private static final int LEAST_GAIN = 4;
    /** Values this long can hold values of other columns: ARNs do. */
    private static final int COMPOSITE_VALUE = 20;

    /** Where a word in front of the first byte of a body, or of the window, can be read. */
    private static final int MARGIN = 64;

    private static final int LAST_START = 1 << 30;

    private final DeflateTokens tokens;
    private byte[] window = new byte[3 * WINDOW_BYTES];
    /** The position of the window's index 0. Positions count bytes, from one body to the next. */
    private int base;
    /** The position at which the next block goes. */
    private int end = MARGIN;
    /** Where this body begins: nothing before it can be repeated. */
    private int bodyStart = MARGIN;

    private final int[] byPair = new int[1 << TABLE_BITS];
    private final int[] byValue = new int[1 << TABLE_BITS];
    private final int[] byForeignValue = new int[1 << TABLE_BITS];
    private final int[] byShortBeginning = new int[1 << TABLE_BITS];
    private final int[] byLongBeginning = new int[1 << TABLE_BITS];
    private final int[] byWord = new int[1 << TABLE_BITS];
    private final int[] bySlot = new int[SLOTS];
    /** By the lowest bits of a part's number: where it is, and the number of the one before with the same pair. */
    private final int[] partStarts = new int[RECENT];

    private final int[] partLinks = new int[RECENT];
    private int partNumber = RECENT;
    private long[] hashes = new long[1024];

    /** The match that is open; what is behind its end, up to the current part, becomes literals. */
    private int matchStart = MARGIN;

    private int matchEnd = MARGIN;
    private int matchDistance;

    LineMatcher(DeflateTokens tokens) {
        this.tokens = tokens;
    }

    /** Adds the next block of a body. */
    void add(byte[] block, int from, int length, LineParts lines, int count) {
        makeRoom(length);
        System.arraycopy(block, from, window, end - base, length);
        int start = end;
        end += length;
        if (count > 0) {
            hash(lines.parts, count, start - base);
            findMatches(lines.parts, count, start);
        }
        if (matchEnd < end) {
            closeMatch(end);
        }
    }

    /** Writes what is open of this body. What follows belongs to another one. */
    void endBody() {
        closeMatch(end);
        if (end > LAST_START) {
            for (int[] table : new int[][] {
                byPair, byValue, byForeignValue, byShortBeginning, byLongBeginning, byWord, bySlot, partStarts
            }) {
                Arrays.fill(table, 0);
            }
            base = 0;
            end = MARGIN;
            matchStart = MARGIN;
            matchEnd = MARGIN;
        }
        bodyStart = end;
    }

    private void makeRoom(int length) {
        int needed = length + 2 * Long.BYTES;
        if (window.length - (end - base) < needed) {
            int kept = Math.min(end - base, WINDOW_BYTES + MARGIN);
            byte[] to = kept + needed <= window.length ? window : new byte[kept + needed + WINDOW_BYTES];
            System.arraycopy(window, end - base - kept, to, 0, kept);
            window = to;
            base = end - kept;
        }
    }

    /** Of each value with what follows it up to the next part. */
    private void hash(long[] parts, int count, int at) {
        if (hashes.length <= count) {
            hashes = new long[count * 2];
        }
        byte[] bytes = window;
        int last = end - base - at;
        for (int i = 0; i < count; i++) {
            int value = LineParts.valueStart(parts[i]);
            int next = i + 1 < count ? LineParts.start(parts[i + 1]) : last;
            int length = next - value;
            long word = (long) WORDS.get(bytes, at + value);
            if (length > Long.BYTES) {
                word = word * MIX_SLOT ^ (long) WORDS.get(bytes, at + next - Long.BYTES);
            } else {
                word &= -1L >>> (Long.SIZE - Byte.SIZE * length);
            }
            hashes[i] = (word ^ length) * MIX;
        }
        hashes[count] = 0;
    }

    private void findMatches(long[] parts, int count, int blockStart) {
        long[] hash = hashes;
        int[] pairs = byPair;
        int[] starts = partStarts;
        int[] links = partLinks;
        int number = partNumber;
        int start = blockStart;
        for (int i = 0; i < count; i++) {
            long part = parts[i];
            int next = i + 1 < count ? blockStart + LineParts.start(parts[i + 1]) : end;
            int slot = LineParts.slot(part);
            long own = hash[i] ^ slot * MIX_SLOT;
            own = (own ^ own >>> 32) * MIX;
            int pair = index((own ^ hash[i + 1]) * MIX_SLOT);
            int samePair = pairs[pair];
            int sameSlot = bySlot[slot & SLOTS - 1];
            pairs[pair] = number;
            links[number & RECENT - 1] = samePair;
            starts[number & RECENT - 1] = start;
            bySlot[slot & SLOTS - 1] = start;
            if (next > matchEnd) {
                int value = Math.min(blockStart + LineParts.valueStart(part), next);
                int sameValue = byValue[index(own)];
                byValue[index(own)] = start;
                if (!matchPart(start, next, number, samePair, sameValue)) {
                    matchInPart(start, value, next, hash[i], slot, sameSlot);
                } else {
                    remember(start, value, next, hash[i], slot);
                }
            }
            number++;
            start = next;
        }
        partNumber = number;
    }

    private static int index(long hash) {
        return (int) (hash >>> (Long.SIZE - TABLE_BITS));
    }

    private static int beginning(long first, int bytes, int slot) {
        long hash = (first << (Long.SIZE - Byte.SIZE * bytes) ^ slot) * MIX;
        return index((hash ^ hash >>> 32) * MIX);
    }

    private void remember(int start, int value, int next, long hash, int slot) {
        int length = next - value;
        if (length >= LEAST_FOREIGN_VALUE) {
            byForeignValue[index(hash)] = value;
        }
        if (length >= SHORT_BEGINNING) {
            long first = (long) WORDS.get(window, value - base);
            byShortBeginning[beginning(first, SHORT_BEGINNING, slot)] = start;
            if (length >= LONG_BEGINNING) {
                byLongBeginning[beginning(first, LONG_BEGINNING, slot)] = start;
            }
        }
    }

    /** Whether an earlier part equals the whole of this one. */
    private boolean matchPart(int start, int next, int number, int samePair, int sameValue) {
        byte[] bytes = window;
        int low = lowest(start);
        int best = 0;
        int bestEnd = next - 1;
        int candidate = samePair;
        for (int i = 0; i < CANDIDATES && number - candidate < RECENT && bestEnd < end; i++) {
            int at = partStarts[candidate & RECENT - 1];
            if (at < low) {
                break;
            }
            candidate = partLinks[candidate & RECENT - 1];
            int distance = start - at;
            int probe = bestEnd - 7 - base;
            if ((long) WORDS.get(bytes, probe) == (long) WORDS.get(bytes, probe - distance)) {
                int reached = equalUntil(start, at, end);
                if (reached > bestEnd) {
                    bestEnd = reached;
                    best = distance;
                }
            }
        }
        if (best == 0 && sameValue >= low) {
            int reached = equalUntil(start, sameValue, end);
            if (reached > bestEnd) {
                bestEnd = reached;
                best = start - sameValue;
            }
        }
        if (best == 0) {
            return false;
        }
        openMatch(start, bestEnd, best);
        return true;
    }

    /** Finds what there is for a part that as a whole is new. */
    private void matchInPart(int start, int value, int next, long hash, int slot, int sameSlot) {
        int length = next - value;
        int low = lowest(start);
        long first = (long) WORDS.get(window, value - base);
        int foreign = 0;
        int sameShort = 0;
        int sameLong = 0;
        if (length >= LEAST_FOREIGN_VALUE) {
            foreign = byForeignValue[index(hash)];
        }
        if (length >= SHORT_BEGINNING) {
            sameShort = byShortBeginning[beginning(first, SHORT_BEGINNING, slot)];
            if (length >= LONG_BEGINNING) {
                sameLong = byLongBeginning[beginning(first, LONG_BEGINNING, slot)];
            }
        }
        remember(start, value, next, hash, slot);
        if (foreign >= lowest(value) && matchEnd < next - LEAST_LENGTH) {
            int reached = equalUntil(value, foreign, end);
            if (reached >= next - 1) {
                if (sameSlot >= low) {
                    int text = equalUntil(start, sameSlot, value);
                    if (text >= matchEnd + LEAST_LENGTH) {
                        openMatch(start, text, start - sameSlot);
                    }
                }
                openMatch(value, reached, value - foreign);
                return;
            }
        }
        int best = 0;
        int bestEnd = Math.max(matchEnd + LEAST_GAIN, start + LEAST_LENGTH) - 1;
        for (int i = 0; i < 3; i++) {
            int candidate = i == 0 ? sameSlot : i == 1 ? sameShort : sameLong;
            if (candidate >= low) {
                int reached = equalUntil(start, candidate, next);
                if (reached > bestEnd) {
                    bestEnd = reached;
                    best = start - candidate;
                }
            }
        }
        if (best > 0) {
            openMatch(start, bestEnd, best);
        }
        if (length >= COMPOSITE_VALUE) {
            matchWords(value, next);
        }
    }

    /** Looks for eight equal bytes where the value begins, and behind each of the characters that ARNs are made with. */
    private void matchWords(int value, int next) {
        byte[] bytes = window;
        int at = value;
        while (at + Long.BYTES <= next) {
            int word = index((long) WORDS.get(bytes, at - base) * MIX);
            int candidate = byWord[word];
            byWord[word] = at;
            if (at >= matchEnd && candidate >= lowest(at)) {
                int reached = equalUntil(at, candidate, end);
                if (reached >= at + Long.BYTES) {
                    openMatch(at, reached, at - candidate);
                }
            }
            at++;
            while (at + Long.BYTES <= next && !isSeparator(bytes[at - 1 - base])) {
                at++;
            }
        }
    }

    private static boolean isSeparator(byte b) {
        return b == '/' || b == ':' || b == '-';
    }

    /** The first position that a match at this one may refer to. */
    private int lowest(int position) {
        return Math.max(bodyStart, position - WINDOW_BYTES);
    }

    private int equalUntil(int position, int earlier, int limit) {
        byte[] bytes = window;
        int at = position - base;
        int distance = position - earlier;
        int last = limit - base;
        while (at < last) {
            long differing = (long) WORDS.get(bytes, at) ^ (long) WORDS.get(bytes, at - distance);
            if (differing != 0) {
                return Math.min(limit, at + base + (Long.numberOfTrailingZeros(differing) >>> 3));
            }
            at += Long.BYTES;
        }
        return limit;
    }

    /** Begins a match, up to eight bytes earlier where these are equal too and would become literals. */
    private void openMatch(int start, int until, int distance) {
        int at = start - base - Long.BYTES;
        int most = Math.min(start - matchEnd, start - distance - bodyStart);
        int from = start;
        if (most > 0) {
            long differing = (long) WORDS.get(window, at) ^ (long) WORDS.get(window, at - distance);
            from -= Math.min(most, Long.numberOfLeadingZeros(differing) >>> 3);
        }
        closeMatch(from);
        matchStart = from;
        matchEnd = until;
        matchDistance = distance;
    }

    /** Ends the open match at this position at the latest, and makes literals of the rest. */
    private void closeMatch(int position) {
        int until = Math.min(matchEnd, position);
        int length = until - matchStart;
        if (length >= LEAST_LENGTH) {
            tokens.match(length, matchDistance);
            tokens.literals(window, until - base, position - base);
        } else {
            tokens.literals(window, matchStart - base, position - base);
        }
        matchStart = position;
        matchEnd = position;
    }
}
