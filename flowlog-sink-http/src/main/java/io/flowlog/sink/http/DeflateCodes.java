package io.flowlog.sink.http;

/** How deflate writes lengths and distances: a symbol, and extra bits (RFC 1951, section 3.2.5). */
final class DeflateCodes {
    static final int LEAST_LENGTH = 3;
    static final int MOST_LENGTH = 258;
    /** The largest distance. */
    static final int WINDOW_BYTES = 32 * 1024;

    static final int LITERAL_SYMBOLS = 256;
    static final int END_OF_BLOCK = 256;
    static final int FIRST_LENGTH_SYMBOL = 257;
    /** Literals, the end of the block and lengths share one alphabet. */
    static final int LITERAL_LENGTH_SYMBOLS = 286;

    static final int DISTANCE_SYMBOLS = 30;

    private static final int LENGTH_SYMBOLS = 29;
    private static final byte[] SYMBOL_OF_LENGTH = new byte[MOST_LENGTH + 1];
    private static final int[] FIRST_LENGTH = new int[LENGTH_SYMBOLS];
    private static final int[] FIRST_DISTANCE = new int[DISTANCE_SYMBOLS];
    /** By the distance less one up to 255, and then by 128ths of it: above 256 no symbol covers less than 128. */
    private static final byte[] SYMBOL_OF_DISTANCE = new byte[512];

    static {
        int length = LEAST_LENGTH;
        for (int symbol = 0; symbol < LENGTH_SYMBOLS - 1; symbol++) {
            FIRST_LENGTH[symbol] = length;
            for (int i = 0; i < 1 << lengthExtraBits(symbol) && length < MOST_LENGTH; i++) {
                SYMBOL_OF_LENGTH[length++] = (byte) symbol;
            }
        }
        FIRST_LENGTH[LENGTH_SYMBOLS - 1] = MOST_LENGTH;
        SYMBOL_OF_LENGTH[MOST_LENGTH] = LENGTH_SYMBOLS - 1;
        int distance = 1;
        for (int symbol = 0; symbol < DISTANCE_SYMBOLS; symbol++) {
            FIRST_DISTANCE[symbol] = distance;
            for (int i = 0; i < 1 << distanceExtraBits(symbol); i++) {
                SYMBOL_OF_DISTANCE[index(distance++)] = (byte) symbol;
            }
        }
    }

    private DeflateCodes() {}

    private static int index(int distance) {
        int less = distance - 1;
        return less < 256 ? less : 256 + (less >>> 7);
    }

    /** The symbol of a length of 3 to 258, from 0: in the alphabet it comes after {@link #FIRST_LENGTH_SYMBOL}. */
    static int lengthSymbol(int length) {
        return SYMBOL_OF_LENGTH[length];
    }

    /** The shortest length of a symbol. */
    static int firstLength(int symbol) {
        return FIRST_LENGTH[symbol];
    }

    static int lengthExtraBits(int symbol) {
        return symbol < 4 || symbol == LENGTH_SYMBOLS - 1 ? 0 : symbol / 4 - 1;
    }

    /** The symbol of a distance of 1 to 32768. */
    static int distanceSymbol(int distance) {
        return SYMBOL_OF_DISTANCE[index(distance)];
    }

    /** The shortest distance of a symbol. */
    static int firstDistance(int symbol) {
        return FIRST_DISTANCE[symbol];
    }

    static int distanceExtraBits(int symbol) {
        return symbol < 2 ? 0 : symbol / 2 - 1;
    }
}
