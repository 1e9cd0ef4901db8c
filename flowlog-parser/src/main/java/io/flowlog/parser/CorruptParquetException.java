package io.flowlog.parser;

import java.io.IOException;

/**
 * The Parquet file is damaged or was cut off. The records read so far may be incomplete or wrong. Reading the same file again
 * does not help; downloading it again may.
 */
public final class CorruptParquetException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String detail;

    /**
     * Damage in a file.
     *
     * @param source the name of the input
     * @param detail where the damage is, what was expected and what was found
     */
    public CorruptParquetException(String source, String detail) {
        super(source + ", Parquet " + detail);
        this.detail = "Parquet " + detail;
    }

    /**
     * Returns where the damage is, what was expected and what was found, for a reader who already knows the input.
     *
     * @return the message without the name of the input
     */
    public String detail() {
        return detail;
    }
}
