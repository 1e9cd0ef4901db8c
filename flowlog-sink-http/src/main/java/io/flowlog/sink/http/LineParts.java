package io.flowlog.sink.http;

import java.util.Arrays;

/**
 * The parts of the lines in a buffer. A part is a text that is the same in many lines, followed by a value, which ends where
 * the next part starts. Parts with the same slot belong together, for example those of one column. A compressor uses them
 * to find repetitions. Incorrect parts only make its output larger.
 */
final class LineParts {
    /** One part a number: its start (32 bits), the length of the text before the value (16), the slot (16). */
    long[] parts = new long[1024];

    int count;

    static long part(int slot, int start, int textBytes) {
        return (long) (slot & 0xffff) << 48 | (long) Math.min(textBytes, 0xffff) << Integer.SIZE | start;
    }

    static int start(long part) {
        return (int) part;
    }

    static int valueStart(long part) {
        return (int) part + ((int) (part >>> Integer.SIZE) & 0xffff);
    }

    static int slot(long part) {
        return (int) (part >>> 48);
    }

    void reserve(int more) {
        if (parts.length - count < more) {
            parts = Arrays.copyOf(parts, Math.max(parts.length * 2, count + more));
        }
    }

    /** How many parts begin before a position at which a line begins. */
    int before(int position) {
        int before = count;
        while (before > 0 && start(parts[before - 1]) >= position) {
            before--;
        }
        return before;
    }

    /** Forgets the parts of the first bytes, at whose end a line begins. */
    void drop(int bytes) {
        int gone = before(bytes);
        for (int i = gone; i < count; i++) {
            parts[i - gone] = parts[i] - bytes;
        }
        count -= gone;
    }
}
