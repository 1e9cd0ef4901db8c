package io.flowlog.parser;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The right side of a comparison. Immutable, allocates nothing; false for an absent column, but for {@link Absent}. */
sealed interface ColumnTest {
    boolean test(FlowLogRow row, int column, ColumnBuffer buffer);

    record Absent() implements ColumnTest {
        @Override
        public boolean test(FlowLogRow row, int column, ColumnBuffer buffer) {
            return row.isAbsent(column);
        }
    }

    /** An integer from {@code min}, 0 or more, to {@code max}; empty if {@code max} is less. */
    record Numbers(long min, long max) implements ColumnTest {
        @Override
        public boolean test(FlowLogRow row, int column, ColumnBuffer buffer) {
            long value = row.longValue(column, -1);
            return value >= min && value <= max;
        }
    }

    /** One of many integers; the array is sorted. */
    record NumberSet(long[] values) implements ColumnTest {
        @Override
        public boolean test(FlowLogRow row, int column, ColumnBuffer buffer) {
            return Arrays.binarySearch(values, row.longValue(column, -1)) >= 0;
        }
    }

    record Equal(byte[] value) implements ColumnTest {
        @Override
        public boolean test(FlowLogRow row, int column, ColumnBuffer buffer) {
            return row.length(column) == value.length
                    && buffer.read(row, column)
                    && Arrays.equals(buffer.bytes, 0, buffer.length, value, 0, value.length);
        }
    }

    /** Text before or after a value in the order of unsigned bytes, the value itself included or not. */
    record Order(byte[] value, boolean before, boolean orEqual) implements ColumnTest {
        @Override
        public boolean test(FlowLogRow row, int column, ColumnBuffer buffer) {
            if (!buffer.read(row, column)) {
                return false;
            }
            int order = Arrays.compareUnsigned(buffer.bytes, 0, buffer.length, value, 0, value.length);
            return order == 0 ? orEqual : order < 0 == before;
        }
    }

    /** One of many texts; the array is sorted by unsigned bytes. */
    record TextSet(byte[][] values) implements ColumnTest {
        static TextSet of(List<byte[]> values) {
            byte[][] sorted = values.toArray(byte[][]::new);
            Arrays.sort(sorted, Arrays::compareUnsigned);
            return new TextSet(sorted);
        }

        @Override
        public boolean test(FlowLogRow row, int column, ColumnBuffer buffer) {
            return buffer.read(row, column) && contains(buffer);
        }

        private boolean contains(ColumnBuffer text) {
            int low = 0;
            int high = values.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                byte[] value = values[middle];
                int order = Arrays.compareUnsigned(text.bytes, 0, text.length, value, 0, value.length);
                if (order == 0) {
                    return true;
                }
                if (order < 0) {
                    high = middle - 1;
                } else {
                    low = middle + 1;
                }
            }
            return false;
        }
    }

    /** An address of a set; a text that is not an address is in no set. */
    record Addresses(AddressSet addresses) implements ColumnTest {
        /** Rows of this package are read in place, without a copy of the column. */
        @Override
        public boolean test(FlowLogRow row, int column, ColumnBuffer buffer) {
            if (row instanceof CurrentRow current) {
                return current.isIn(addresses, column, buffer.address(column));
            }
            if (row instanceof FlowLogRecord record) {
                return record.isIn(addresses, column, buffer.address(column));
            }
            return row.length(column) <= IpAddress.LONGEST
                    && buffer.read(row, column)
                    && addresses.contains(buffer.bytes, 0, buffer.length, buffer.address(column));
        }
    }

    record Either(ColumnTest first, ColumnTest second) implements ColumnTest {
        @Override
        public boolean test(FlowLogRow row, int column, ColumnBuffer buffer) {
            return first.test(row, column, buffer) || second.test(row, column, buffer);
        }
    }

    /** A pattern; its parts are what is between the asterisks. */
    record Like(byte[][] parts) implements ColumnTest {
        static ColumnTest of(String pattern) {
            String[] parts = pattern.split("\\*", -1);
            return new Like(Arrays.stream(parts)
                    .map(part -> part.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new));
        }

        @Override
        public boolean test(FlowLogRow row, int column, ColumnBuffer buffer) {
            return buffer.readText(row, column) && matches(buffer.bytes, buffer.length);
        }

        private boolean matches(byte[] text, int length) {
            byte[] first = parts[0];
            byte[] last = parts[parts.length - 1];
            if (parts.length == 1) {
                return length == first.length && isAt(text, 0, first);
            }
            int end = length - last.length;
            if (end < first.length || !isAt(text, 0, first) || !isAt(text, end, last)) {
                return false;
            }
            int at = first.length;
            for (int i = 1; i < parts.length - 1; i++) {
                byte[] part = parts[i];
                while (at + part.length <= end && !isAt(text, at, part)) {
                    at++;
                }
                at += part.length;
                if (at > end) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isAt(byte[] text, int at, byte[] part) {
            return Arrays.equals(text, at, at + part.length, part, 0, part.length);
        }
    }
}
