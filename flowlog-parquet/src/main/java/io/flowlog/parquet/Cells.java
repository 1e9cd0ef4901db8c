// Over 300 lines: a small class for each kind of column that Parquet has.
package io.flowlog.parquet;

import dev.hardwood.internal.reader.Dictionary;
import dev.hardwood.internal.reader.Page;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.schema.ColumnSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The values of one column, a page at a time. {@link RowText} writes the usual kinds itself, and asks for the text of others. */
abstract class Cells {
    /** Text that a line can have; {@link #texts} has no empty value. */
    static final int TEXT = 0;
    /** Text of which some values may not be safe; {@link #texts} has no empty value. */
    static final int UNCHECKED_TEXT = 1;
    /** Integers in {@link #ints}. */
    static final int INT = 2;
    /** Integers in {@link #longs}. */
    static final int LONG = 3;
    /** Values with an {@link #ascii} text. */
    static final int OTHER = 4;

    private static final byte[] ABSENT = {'-'};
    private static final int WIDEST_NUMBER = 20;
    /** A text has all of them, so a damaged scale would fill the memory. Usual programs write at most 76. */
    private static final int MOST_DECIMAL_PLACES = 1000;

    final String name;
    int kind;
    /** The levels of the values in the page, of which {@link #present} is that of a value; null if it has no nulls. */
    int @Nullable [] levels;

    int present;
    /** The most bytes of a value of the page, unless it is of another kind than text and integers. */
    int widest = WIDEST_NUMBER;

    byte[][] texts = {};
    int[] ints = {};
    long[] longs = {};

    Cells(String name, int kind) {
        this.name = name;
        this.kind = kind;
    }

    /** Takes a dictionary: its values can be checked once for all pages. */
    void use(Dictionary dictionary) {}

    /**
     * Takes a page.
     *
     * @param isFromDictionary whether all its values are those of the dictionary
     * @return the number of nulls
     */
    final int use(Page page, int size, boolean isFromDictionary) {
        levels = page.definitionLevels();
        present = page.maxDefinitionLevel();
        int nulls = 0;
        if (levels != null) {
            for (int i = 0; i < size; i++) {
                nulls += levels[i] == present ? 0 : 1;
            }
        }
        if (nulls == 0) {
            levels = null;
        }
        take(page, isFromDictionary);
        return nulls;
    }

    abstract void take(Page page, boolean isFromDictionary);

    /** The text of a value that is present. */
    String ascii(int index) {
        throw new IllegalStateException("values of kind " + kind + " are read from the arrays");
    }

    /** The cells of a column; null if there is no text for its type. */
    static @Nullable Cells of(ColumnSchema column) {
        LogicalType type = column.logicalType();
        String name = column.name();
        if (type instanceof LogicalType.DecimalType decimal && decimal.scale() > MOST_DECIMAL_PLACES) {
            return null;
        }
        return switch (column.type()) {
            case INT32 -> ofInts(type, name);
            case INT64 -> ofLongs(type, name);
            case BYTE_ARRAY -> isText(type) ? new Texts(name) : ofDecimals(type, name);
            case FIXED_LEN_BYTE_ARRAY -> type == null ? new Texts(name) : ofDecimals(type, name);
            case BOOLEAN -> new Booleans(name);
            case DOUBLE -> new Doubles(name);
            case FLOAT -> new Floats(name);
            case INT96 -> null;
        };
    }

    /** Text without an annotation is usual for old writers. */
    private static boolean isText(@Nullable LogicalType type) {
        return type == null
                || type instanceof LogicalType.StringType
                || type instanceof LogicalType.EnumType
                || type instanceof LogicalType.JsonType
                || type instanceof LogicalType.NullType;
    }

    private static @Nullable Cells ofDecimals(@Nullable LogicalType type, String name) {
        return type instanceof LogicalType.DecimalType decimal ? new Decimals(name, decimal.scale()) : null;
    }

    private static @Nullable Cells ofInts(@Nullable LogicalType type, String name) {
        if (type instanceof LogicalType.DecimalType decimal) {
            return new Ints(name, value -> decimal(value, decimal.scale()));
        }
        if (type instanceof LogicalType.IntType number && !number.isSigned()) {
            return new Ints(name, Integer::toUnsignedString);
        }
        if (type instanceof LogicalType.DateType) {
            return new Ints(name, day -> LocalDate.ofEpochDay(day).toString());
        }
        boolean isPlain = type == null || type instanceof LogicalType.NullType || type instanceof LogicalType.IntType;
        return isPlain ? new Ints(name, null) : null;
    }

    private static @Nullable Cells ofLongs(@Nullable LogicalType type, String name) {
        if (type instanceof LogicalType.DecimalType decimal) {
            return new Longs(name, value -> decimal(value, decimal.scale()));
        }
        if (type instanceof LogicalType.IntType number && !number.isSigned()) {
            return new Longs(name, Long::toUnsignedString);
        }
        if (type instanceof LogicalType.TimestampType time) {
            long unitsPerSecond = switch (time.unit()) {
                case MILLIS -> 1_000;
                case MICROS -> 1_000_000;
                case NANOS -> 1_000_000_000;
            };
            return new Longs(name, units -> time(units, unitsPerSecond));
        }
        boolean isPlain = type == null || type instanceof LogicalType.NullType || type instanceof LogicalType.IntType;
        return isPlain ? new Longs(name, null) : null;
    }

    private static final class Ints extends Cells {
        private final @Nullable IntFunction<String> text;

        /** Integers with a text of their own, or {@link #INT} if it is null. */
        Ints(String name, @Nullable IntFunction<String> text) {
            super(name, text == null ? INT : OTHER);
            this.text = text;
        }

        @Override
        void take(Page page, boolean isFromDictionary) {
            ints = ((Page.IntPage) page).values();
        }

        @Override
        String ascii(int index) {
            return text == null ? super.ascii(index) : text.apply(ints[index]);
        }
    }

    private static final class Longs extends Cells {
        private final @Nullable LongFunction<String> text;

        /** Integers with a text of their own, or {@link #LONG} if it is null. */
        Longs(String name, @Nullable LongFunction<String> text) {
            super(name, text == null ? LONG : OTHER);
            this.text = text;
        }

        @Override
        void take(Page page, boolean isFromDictionary) {
            longs = ((Page.LongPage) page).values();
        }

        @Override
        String ascii(int index) {
            return text == null ? super.ascii(index) : text.apply(longs[index]);
        }
    }

    private static String decimal(long unscaled, int scale) {
        return BigDecimal.valueOf(unscaled, scale).toPlainString();
    }

    private static String time(long units, long unitsPerSecond) {
        long nanos = Math.floorMod(units, unitsPerSecond) * (1_000_000_000 / unitsPerSecond);
        return Instant.ofEpochSecond(Math.floorDiv(units, unitsPerSecond), nanos)
                .toString();
    }

    private static final class Texts extends Cells {
        private boolean isDictionarySafe;
        private int widestOfDictionary;

        Texts(String name) {
            super(name, TEXT);
        }

        @Override
        void use(Dictionary dictionary) {
            isDictionarySafe = check(((Dictionary.ByteArrayDictionary) dictionary).values());
            widestOfDictionary = widest;
        }

        @Override
        void take(Page page, boolean isFromDictionary) {
            texts = ((Page.ByteArrayPage) page).values();
            boolean isSafe = isFromDictionary ? isDictionarySafe : check(texts);
            widest = isFromDictionary ? widestOfDictionary : widest;
            kind = isSafe ? TEXT : UNCHECKED_TEXT;
        }

        /** Makes empty values absent, and finds the widest; returns whether all are safe. */
        private boolean check(byte[][] values) {
            boolean isSafe = true;
            widest = 1;
            for (int i = 0; i < values.length; i++) {
                byte[] value = values[i];
                if (value != null) {
                    if (value.length == 0) {
                        values[i] = ABSENT;
                    }
                    isSafe &= RowText.isSafe(value);
                    widest = Math.max(widest, value.length);
                }
            }
            return isSafe;
        }
    }

    private static final class Decimals extends Cells {
        private final int scale;

        Decimals(String name, int scale) {
            super(name, OTHER);
            this.scale = scale;
        }

        @Override
        void take(Page page, boolean isFromDictionary) {
            texts = ((Page.ByteArrayPage) page).values();
        }

        @Override
        String ascii(int index) {
            byte[] value = texts[index];
            return value.length == 0 ? "-" : new BigDecimal(new BigInteger(value), scale).toPlainString();
        }
    }

    private static final class Booleans extends Cells {
        private boolean[] values = {};

        Booleans(String name) {
            super(name, OTHER);
        }

        @Override
        void take(Page page, boolean isFromDictionary) {
            values = ((Page.BooleanPage) page).values();
        }

        @Override
        String ascii(int index) {
            return String.valueOf(values[index]);
        }
    }

    private static final class Doubles extends Cells {
        private double[] values = {};

        Doubles(String name) {
            super(name, OTHER);
        }

        @Override
        void take(Page page, boolean isFromDictionary) {
            values = ((Page.DoublePage) page).values();
        }

        @Override
        String ascii(int index) {
            return decimal(values[index], Double.toString(values[index]));
        }
    }

    private static final class Floats extends Cells {
        private float[] values = {};

        Floats(String name) {
            super(name, OTHER);
        }

        @Override
        void take(Page page, boolean isFromDictionary) {
            values = ((Page.FloatPage) page).values();
        }

        @Override
        String ascii(int index) {
            return decimal(values[index], Float.toString(values[index]));
        }
    }

    /** Programs that have no integer with an absent value, such as pandas, write 443 as 443.0. */
    private static String decimal(double value, String text) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? Long.toString((long) value) : text;
    }
}
