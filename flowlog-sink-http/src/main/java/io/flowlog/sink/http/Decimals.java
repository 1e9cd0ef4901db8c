package io.flowlog.sink.http;

/** Numbers as decimal digits in ASCII. */
final class Decimals {
    private Decimals() {}

    /** Writes a number that is not negative, and returns how many digits it has. */
    static int write(long number, byte[] to, int at) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = digits - 1; i >= 0; i--) {
            to[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return digits;
    }
}
