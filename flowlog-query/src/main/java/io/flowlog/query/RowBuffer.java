package io.flowlog.query;

import io.flowlog.parser.FlowLogRow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBWritableVector;

/**
 * Rows on their way from the parser to a chunk of DuckDB: only the columns that the query asks for, each with its values side
 * by side. For one thread.
 */
final class RowBuffer {
    private static final long ABSENT = -1;
    private static final int CACHED_TEXTS = 1024;

    private final Set<String> known;
    private final Map<String, Integer> byKey = new HashMap<>();
    private final boolean[] integer;
    private final long[][] numbers;
    private final byte[][][] texts;
    /** Recent texts. Values repeat in log files, and an existing array does not have to be created again. */
    private final byte[][][] cached;

    /**
     * A buffer.
     *
     * @param projected the columns that the query uses
     * @param known the keys of all columns of {@code flows}
     * @param capacity rows
     */
    RowBuffer(List<Column> projected, Set<String> known, int capacity) {
        this.known = known;
        integer = new boolean[projected.size()];
        numbers = new long[projected.size()][];
        texts = new byte[projected.size()][][];
        cached = new byte[projected.size()][][];
        for (int i = 0; i < integer.length; i++) {
            byKey.put(projected.get(i).key(), i);
            integer[i] = projected.get(i).integer();
            if (integer[i]) {
                numbers[i] = new long[capacity];
            } else {
                texts[i] = new byte[capacity][];
                cached[i] = new byte[CACHED_TEXTS][];
            }
        }
    }

    int columns() {
        return integer.length;
    }

    /**
     * The place of a column.
     *
     * @param name the name in a header
     * @return -1 if the query does not use it
     * @throws NewColumnsException if the query was not prepared for such a column
     */
    int indexOf(String name) throws NewColumnsException {
        requireKnown(List.of(name));
        return byKey.getOrDefault(Column.of(name).key(), -1);
    }

    boolean isInteger(int i) {
        return integer[i];
    }

    /** Refuses a header with columns that the query was not prepared for. */
    void requireKnown(Iterable<String> names) throws NewColumnsException {
        Set<String> fresh = new TreeSet<>();
        for (String name : names) {
            if (!known.contains(Column.of(name).key())) {
                fresh.add(name);
            }
        }
        if (!fresh.isEmpty()) {
            throw new NewColumnsException(List.copyOf(fresh));
        }
    }

    /**
     * Copies the columns of a row.
     *
     * @param indexes for each projected column its place in the row, or -1
     */
    void put(int at, FlowLogRow row, int[] indexes) {
        for (int i = 0; i < indexes.length; i++) {
            int from = indexes[i];
            if (integer[i]) {
                numbers[i][at] = from < 0 ? ABSENT : row.longValue(from, ABSENT);
            } else {
                texts[i][at] = from < 0 || row.isAbsent(from) ? null : text(i, row, from);
            }
        }
    }

    private byte[] scratch = new byte[256];

    private byte[] text(int i, FlowLogRow row, int from) {
        int length = row.length(from);
        if (scratch.length < length) {
            scratch = new byte[length * 2];
        }
        row.copyTo(from, scratch, 0);
        int hash = 0;
        boolean ascii = true;
        for (int k = 0; k < length; k++) {
            byte b = scratch[k];
            hash = hash * 31 + b;
            ascii &= b >= 0;
        }
        int slot = (hash ^ hash >>> 10 ^ hash >>> 20) & CACHED_TEXTS - 1;
        byte[] old = cached[i][slot];
        if (old != null && Arrays.equals(old, 0, old.length, scratch, 0, length)) {
            return old;
        }
        byte[] text = Arrays.copyOf(scratch, length);
        if (!ascii) {
            // DuckDB accepts only valid UTF-8. Invalid bytes become U+FFFD, as in the JSON lines for the lake.
            return utf8(new String(text, StandardCharsets.UTF_8));
        }
        cached[i][slot] = text;
        return text;
    }

    void clear(int at) {
        for (int i = 0; i < integer.length; i++) {
            if (integer[i]) {
                numbers[i][at] = ABSENT;
            } else {
                texts[i][at] = null;
            }
        }
    }

    void putNumber(int i, int at, long value) {
        numbers[i][at] = value;
    }

    void putText(int i, int at, String value) {
        texts[i][at] = utf8(value);
    }

    /** A lone surrogate, which JSON can hold, becomes a question mark. */
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Hands the first {@code rows} rows over. */
    void writeTo(DuckDBDataChunkWriter chunk, int rows) {
        for (int i = 0; i < integer.length; i++) {
            DuckDBWritableVector vector = chunk.vector(i);
            if (integer[i]) {
                long[] values = numbers[i];
                for (int row = 0; row < rows; row++) {
                    long value = values[row];
                    if (value < 0) {
                        vector.setNull(row);
                    } else {
                        vector.setLong(row, value);
                    }
                }
            } else {
                byte[][] values = texts[i];
                vector.setStringUtf8Batch(0, rows == values.length ? values : Arrays.copyOf(values, rows));
            }
        }
    }
}
