package io.flowlog.parquet;

import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.ColumnSchema;
import io.flowlog.parser.ParquetSupport;
import io.flowlog.parser.RandomAccessInput;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** All rows of a file as lines. Reads as lines are requested, one row group after the other. */
final class ParquetRows extends ParquetSupport.Rows {
    private static final int ENOUGH = 32 * 1024;
    /** A row group of at most this size is read at once; of a larger one, the windows of all columns have it together. */
    private static final int READ_AHEAD = 8 * 1024 * 1024;

    private static final int SMALLEST_WINDOW = 64 * 1024;

    private final Footer footer;
    private final RandomAccessInput file;
    private final String name;
    private final MemoryShare memory;
    private final RowText text = new RowText();
    private int next;

    private final Cells[] cells;
    private final ColumnPages[] pages;
    /** For each column, the index of its next value in its page, and the number of values in the page. */
    private final int[] index;

    private final int[] size;
    private int rowGroup;
    private long rowsLeft;
    private boolean isOpen;
    private ChunkBytes group;

    ParquetRows(Footer footer, RandomAccessInput file, String name) {
        this.footer = footer;
        this.file = file;
        this.name = name;
        memory = new MemoryShare(name);
        int columns = footer.columns().size();
        cells = new Cells[columns];
        for (int i = 0; i < columns; i++) {
            cells[i] = Objects.requireNonNull(Cells.of(footer.columns().get(i)));
        }
        pages = new ColumnPages[columns];
        index = new int[columns];
        size = new int[columns];
        group = new ChunkBytes(file, memory, 0, 0, 0);
    }

    @Override
    public List<String> columns() {
        return footer.names();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int at, int max) throws IOException {
        Objects.checkFromIndexSize(at, max, target.length);
        if (max == 0) {
            return 0;
        }
        if (next == text.length()) {
            next = 0;
            text.clear();
            while (text.length() < ENOUGH && appendRows()) {
                // Until there are enough bytes, or no more rows.
            }
            if (text.length() == 0) {
                return -1;
            }
        }
        int count = text.copyTo(next, target, at, max);
        next += count;
        return count;
    }

    /** Appends some rows; false after the last one. */
    private boolean appendRows() throws IOException {
        while (rowsLeft == 0) {
            if (isOpen) {
                endGroup();
            }
            if (rowGroup == footer.rowGroups().size()) {
                return false;
            }
            beginGroup(footer.rowGroups().get(rowGroup++));
        }
        int count = (int) Math.min(rowsLeft, Integer.MAX_VALUE);
        for (int i = 0; i < cells.length; i++) {
            if (index[i] == size[i]) {
                size[i] = pages[i].next();
                index[i] = 0;
            }
            count = Math.min(count, size[i] - index[i]);
        }
        int done = text.append(cells, index, count, ENOUGH);
        for (int i = 0; i < index.length; i++) {
            index[i] += done;
        }
        rowsLeft -= done;
        return true;
    }

    private void beginGroup(RowGroup rows) throws IOException {
        long start = Long.MAX_VALUE;
        long end = 0;
        for (int i = 0; i < cells.length; i++) {
            ColumnMetaData column = rows.columns().get(i).metaData();
            start = Math.min(start, Footer.start(column));
            end = Math.max(end, Footer.start(column) + column.totalCompressedSize());
        }
        boolean isSmall = end - start <= READ_AHEAD;
        group = new ChunkBytes(file, memory, start, end, READ_AHEAD);
        if (isSmall && rows.numRows() > 0) {
            group.at(start, (int) (end - start));
        }
        int window = Math.max(SMALLEST_WINDOW, READ_AHEAD / cells.length);
        for (int i = 0; i < cells.length; i++) {
            ColumnMetaData metaData = rows.columns().get(i).metaData();
            ColumnSchema column = footer.columns().get(i);
            long first = Footer.start(metaData);
            long last = first + metaData.totalCompressedSize();
            ChunkBytes bytes = isSmall ? group.part(last) : new ChunkBytes(file, memory, first, last, window);
            pages[i] = new ColumnPages(
                    bytes,
                    memory,
                    column,
                    metaData,
                    cells[i],
                    first,
                    rows.numRows(),
                    name,
                    Footer.place(rowGroup, column));
            index[i] = 0;
            size[i] = 0;
        }
        rowsLeft = rows.numRows();
        isOpen = true;
    }

    private void endGroup() throws IOException {
        for (ColumnPages column : pages) {
            column.end();
        }
        group.release();
        isOpen = false;
    }

    @Override
    public void close() {
        memory.close();
    }
}
