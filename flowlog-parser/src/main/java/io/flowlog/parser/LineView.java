// Hot: guarded by benchmarks EncodeBenchmark.
package io.flowlog.parser;

/**
 * Shows the bytes of a whole row to an encoder. The row of a {@link FlowLogReader} is not copied: the view refers to the
 * buffer of the reader. Any other row is copied into a buffer of the view.
 *
 * <p>A view is for many rows, one after the other. What it shows is valid until the row changes, so until the next {@link
 * FlowLogReader#advance()}. Its arrays must not be changed. Not safe for use by several threads.
 */
public final class LineView {
    /** The number of bytes after the end of a line that may be read, whatever they are: {@value}. */
    public static final int SLACK = 24;

    private byte[] bytes = {};
    private int start;
    private int[] ends = {};
    private int firstEnd;
    private boolean plain;

    private byte[] copy = {};
    private int[] copyEnds = {};

    /** Creates a view that shows an empty line without columns. */
    public LineView() {}

    /**
     * Shows a row.
     *
     * @param row the row that the other methods describe from now on
     */
    public void show(FlowLogRow row) {
        if (row instanceof CurrentRow current) {
            current.show(this);
        } else {
            showCopy(row);
        }
    }

    private void showCopy(FlowLogRow row) {
        int length = row.lineLength();
        if (copy.length < length + SLACK) {
            copy = new byte[2 * length + SLACK];
        }
        int columns = row.format().size();
        if (copyEnds.length < columns) {
            copyEnds = new int[columns];
        }
        row.copyLineTo(copy, 0, copyEnds);
        show(copy, 0, copyEnds, 0, PlainText.inLine(copy, 0, length));
    }

    /** References that stay the same are left alone: storing one costs more than comparing it. */
    void show(byte[] bytes, int start, int[] ends, int firstEnd, boolean plain) {
        if (this.bytes != bytes || this.ends != ends) {
            this.bytes = bytes;
            this.ends = ends;
        }
        this.start = start;
        this.firstEnd = firstEnd;
        this.plain = plain;
    }

    /**
     * Returns the array that contains the line: the columns as written, {@code -} for an absent one, with exactly one space
     * between columns. At least {@value #SLACK} bytes follow the line.
     *
     * @return an array that must not be changed
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Returns where the first column begins.
     *
     * @return an index in {@link #bytes()}
     */
    public int start() {
        return start;
    }

    /**
     * Returns the array that contains the ends of the columns. Entry {@code firstEnd() + c} is the index in {@link #bytes()}
     * just after the last byte of column {@code c}. The next column begins one byte after it.
     *
     * @return an array that must not be changed
     */
    public int[] ends() {
        return ends;
    }

    /**
     * Returns which entry of {@link #ends()} belongs to the first column.
     *
     * @return an index in {@link #ends()}
     */
    public int firstEnd() {
        return firstEnd;
    }

    /**
     * Returns whether JSON needs no escape in this line: every character is ASCII, and none is a quote, a backslash or a
     * control character below U+0020.
     *
     * @return true if no byte has to be escaped
     */
    public boolean isPlain() {
        return plain;
    }
}
