package io.flowlog.parser;

/** A column of one row as an address. It is read at the first question, and kept for the next ones. For one thread. */
final class ColumnAddress {
    final IpAddress address = new IpAddress();
    private long row;
    private int column;
    private boolean read;
    private boolean valid;

    /** Makes this the address of a column, to be read anew if it was that of another row or column. */
    void use(long row, int column) {
        read &= this.row == row && this.column == column;
        this.row = row;
        this.column = column;
    }

    /** False if the text, which is that of the column, is not an address. */
    boolean read(byte[] text, int start, int end) {
        if (!read) {
            valid = address.read(text, start, end);
            read = true;
        }
        return valid;
    }
}
