package io.flowlog.parquet;

import dev.hardwood.internal.reader.Page;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.schema.ColumnSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The values of one column as text, a page at a time. */
abstract class Cells {
    private int @Nullable [] levels;
    private int present;

    /** Takes a page. */
    final void use(Page page) {
        levels = page.definitionLevels();
        present = page.maxDefinitionLevel();
        take(page);
    }

    /** The number of nulls in the page. */
    final int nulls(int size) {
        int count = 0;
        if (levels != null) {
            for (int i = 0; i < size; i++) {
                count += levels[i] == present ? 0 : 1;
            }
        }
        return count;
    }

    /** Appends a value of the page. */
    final void append(int index, RowText out) {
        if (levels != null && levels[index] != present) {
            out.absent();
        } else {
            value(index, out);
        }
    }

    abstract void take(Page page);

    abstract void value(int index, RowText out);

    /** The cells of a column; null if there is no text for its type. */
    static @Nullable Cells of(ColumnSchema column) {
        LogicalType type = column.logicalType();
        return switch (column.type()) {
            case INT32 -> ofInts(type);
            case INT64 -> ofLongs(type);
            case BYTE_ARRAY -> isText(type) ? new Texts(column.name()) : ofDecimals(type);
            case FIXED_LEN_BYTE_ARRAY -> type == null ? new Texts(column.name()) : ofDecimals(type);
            case BOOLEAN -> new Booleans();
            case DOUBLE -> new Doubles();
            case FLOAT -> new Floats();
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

    private static @Nullable Cells ofDecimals(@Nullable LogicalType type) {
        return type instanceof LogicalType.DecimalType decimal ? new Decimals(decimal.scale()) : null;
    }

    private static @Nullable Cells ofInts(@Nullable LogicalType type) {
        if (type == null || type instanceof LogicalType.NullType) {
            return new Ints(0xffff_ffff_ffff_ffffL);
        }
        if (type instanceof LogicalType.IntType number) {
            return new Ints(number.isSigned() ? -1 : 0xffff_ffffL);
        }
        if (type instanceof LogicalType.DecimalType decimal) {
            return new IntDecimals(decimal.scale());
        }
        return type instanceof LogicalType.DateType ? new Dates() : null;
    }

    private static @Nullable Cells ofLongs(@Nullable LogicalType type) {
        if (type == null || type instanceof LogicalType.NullType) {
            return new Longs(true);
        }
        if (type instanceof LogicalType.IntType number) {
            return new Longs(number.isSigned());
        }
        if (type instanceof LogicalType.DecimalType decimal) {
            return new LongDecimals(decimal.scale());
        }
        if (type instanceof LogicalType.TimestampType time) {
            return switch (time.unit()) {
                case MILLIS -> new Times(1_000);
                case MICROS -> new Times(1_000_000);
                case NANOS -> new Times(1_000_000_000);
            };
        }
        return null;
    }

    private static class Ints extends Cells {
        private final long mask;
        private int[] values = {};

        /** All bits for signed integers, 32 for unsigned ones. */
        Ints(long mask) {
            this.mask = mask;
        }

        @Override
        final void take(Page page) {
            values = ((Page.IntPage) page).values();
        }

        @Override
        final void value(int index, RowText out) {
            text(values[index] & mask, out);
        }

        void text(long value, RowText out) {
            out.number(value);
        }
    }

    private static final class IntDecimals extends Ints {
        private final int scale;

        IntDecimals(int scale) {
            super(-1);
            this.scale = scale;
        }

        @Override
        void text(long value, RowText out) {
            out.ascii(BigDecimal.valueOf(value, scale).toPlainString());
        }
    }

    private static final class Dates extends Ints {
        Dates() {
            super(-1);
        }

        @Override
        void text(long value, RowText out) {
            out.ascii(LocalDate.ofEpochDay(value).toString());
        }
    }

    private static class Longs extends Cells {
        private final boolean isSigned;
        private long[] values = {};

        Longs(boolean isSigned) {
            this.isSigned = isSigned;
        }

        @Override
        final void take(Page page) {
            values = ((Page.LongPage) page).values();
        }

        @Override
        final void value(int index, RowText out) {
            text(values[index], out);
        }

        void text(long value, RowText out) {
            if (value < 0 && !isSigned) {
                out.ascii(Long.toUnsignedString(value));
            } else {
                out.number(value);
            }
        }
    }

    private static final class LongDecimals extends Longs {
        private final int scale;

        LongDecimals(int scale) {
            super(true);
            this.scale = scale;
        }

        @Override
        void text(long value, RowText out) {
            out.ascii(BigDecimal.valueOf(value, scale).toPlainString());
        }
    }

    private static final class Times extends Longs {
        private final long unitsPerSecond;

        Times(long unitsPerSecond) {
            super(true);
            this.unitsPerSecond = unitsPerSecond;
        }

        @Override
        void text(long value, RowText out) {
            long nanos = Math.floorMod(value, unitsPerSecond) * (1_000_000_000 / unitsPerSecond);
            out.ascii(Instant.ofEpochSecond(Math.floorDiv(value, unitsPerSecond), nanos)
                    .toString());
        }
    }

    private static final class Texts extends Cells {
        private final String name;
        private byte[][] values = {};

        Texts(String name) {
            this.name = name;
        }

        @Override
        void take(Page page) {
            values = ((Page.ByteArrayPage) page).values();
        }

        @Override
        void value(int index, RowText out) {
            out.value(values[index], name);
        }
    }

    private static final class Decimals extends Cells {
        private final int scale;
        private byte[][] values = {};

        Decimals(int scale) {
            this.scale = scale;
        }

        @Override
        void take(Page page) {
            values = ((Page.ByteArrayPage) page).values();
        }

        @Override
        void value(int index, RowText out) {
            out.ascii(new BigDecimal(new BigInteger(values[index]), scale).toPlainString());
        }
    }

    private static final class Booleans extends Cells {
        private boolean[] values = {};

        @Override
        void take(Page page) {
            values = ((Page.BooleanPage) page).values();
        }

        @Override
        void value(int index, RowText out) {
            out.ascii(String.valueOf(values[index]));
        }
    }

    private static final class Doubles extends Cells {
        private double[] values = {};

        @Override
        void take(Page page) {
            values = ((Page.DoublePage) page).values();
        }

        @Override
        void value(int index, RowText out) {
            decimal(values[index], Double.toString(values[index]), out);
        }
    }

    private static final class Floats extends Cells {
        private float[] values = {};

        @Override
        void take(Page page) {
            values = ((Page.FloatPage) page).values();
        }

        @Override
        void value(int index, RowText out) {
            decimal(values[index], Float.toString(values[index]), out);
        }
    }

    /** Programs that have no integer with an absent value, such as pandas, write 443 as 443.0. */
    private static void decimal(double value, String text, RowText out) {
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            out.number((long) value);
        } else {
            out.ascii(text);
        }
    }
}
