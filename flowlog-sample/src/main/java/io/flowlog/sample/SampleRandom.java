package io.flowlog.sample;

/**
 * Random numbers that are always the same for a seed, on every JVM: SplitMix64 (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", 2014). The JDK does not guarantee this for all of its generators.
 */
final class SampleRandom {
    private long state;

    SampleRandom(long seed) {
        state = seed;
    }

    long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number from 0 up to, not including, {@code bound}. */
    int below(int bound) {
        return (int) (((next() >>> 33) * bound) >>> 31);
    }

    /** A number from {@code from} to {@code to}, both included. */
    int between(int from, int to) {
        return from + below(to - from + 1);
    }

    /** True {@code perMille} times in a thousand. */
    boolean chance(int perMille) {
        return below(1000) < perMille;
    }

    <T> T pick(T[] values) {
        return values[below(values.length)];
    }

    /** From 0 up to, not including, 1. */
    double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** A normally distributed number of mean 0 and deviation 1 (Box and Muller), the same on every JVM. */
    double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        return radius * StrictMath.cos(2 * StrictMath.PI * unit());
    }

    /** {@code digits} hexadecimal digits. */
    String hex(int digits) {
        StringBuilder text = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            text.append(Character.forDigit(below(16), 16));
        }
        return text.toString();
    }

    /** Indexes of {@code size} things, each as often as Zipf's law with that exponent says, for quick picking. */
    int[] zipf(int size, double exponent) {
        double total = 0;
        for (int i = 1; i <= size; i++) {
            total += StrictMath.pow(i, -exponent);
        }
        int[] table = new int[8192];
        double sum = 0;
        int at = 0;
        for (int i = 0; i < size; i++) {
            sum += StrictMath.pow(i + 1, -exponent);
            int until = (int) Math.round(table.length * sum / total);
            for (; at < until; at++) {
                table[at] = i;
            }
        }
        return table;
    }
}
