package io.flowlog.parser;

/** The bytes of one column, copied from any kind of row, and the addresses of a row. For one thread. */
final class ColumnBuffer {
    /** As many as there are documented fields with an address, in two neighbouring pairs. */
    private static final int ADDRESSES = 4;

    byte[] bytes = new byte[128];
    int length;
    private final ColumnAddress[] addresses = new ColumnAddress[ADDRESSES];
    private long rows;

    ColumnBuffer() {
        for (int i = 0; i < ADDRESSES; i++) {
            addresses[i] = new ColumnAddress();
        }
    }

    /** Forgets the addresses of the row before. */
    void nextRow() {
        rows++;
    }

    /** The address of a column of this row, which is read once however many comparisons ask for it. */
    ColumnAddress address(int column) {
        ColumnAddress address = addresses[column % ADDRESSES];
        address.use(rows, column);
        return address;
    }

    /** Copies the column; false if it is absent. */
    boolean read(FlowLogRow row, int column) {
        length = row.length(column);
        if (length > bytes.length) {
            bytes = new byte[Math.max(length, 2 * bytes.length)];
        }
        row.copyTo(column, bytes, 0);
        return length > 0;
    }

    /** As {@link #read}, but an integer is copied without leading zeros: its text is that of the number. */
    boolean readText(FlowLogRow row, int column) {
        if (!read(row, column)) {
            return false;
        }
        if (row.format().isInteger(column)) {
            int zeros = 0;
            while (zeros < length - 1 && bytes[zeros] == '0') {
                zeros++;
            }
            length -= zeros;
            System.arraycopy(bytes, zeros, bytes, 0, length);
        }
        return true;
    }
}
