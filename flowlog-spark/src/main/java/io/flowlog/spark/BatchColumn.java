package io.flowlog.spark;

import java.util.Arrays;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** One column of a {@link RowBatch} as Spark reads it: integers, days or texts. */
final class BatchColumn extends ColumnVector {
    /** The value of a row that has none. No integer, day or place of a text is equal to it. */
    static final long NULL = Long.MIN_VALUE;

    /** For each row the integer or the day, or the place of the text in the batch. */
    final long[] values = new long[RowBatch.ROWS];

    private final RowBatch batch;

    BatchColumn(RowBatch batch, DataType type) {
        super(type);
        this.batch = batch;
    }

    /** The place of a text, as a value. */
    static long place(int start, int length) {
        return (long) start << 32 | length;
    }

    @Override
    public boolean isNullAt(int row) {
        return values[row] == NULL;
    }

    @Override
    public long getLong(int row) {
        return values[row];
    }

    @Override
    public int getInt(int row) {
        return (int) values[row];
    }

    @Override
    public @Nullable UTF8String getUTF8String(int row) {
        long place = values[row];
        return place == NULL ? null : UTF8String.fromBytes(batch.text(), (int) (place >>> 32), (int) place);
    }

    @Override
    public boolean hasNull() {
        return numNulls() > 0;
    }

    @Override
    public int numNulls() {
        return (int) Arrays.stream(values, 0, batch.rows())
                .filter(value -> value == NULL)
                .count();
    }

    /** Does nothing: the next batch uses the same arrays. */
    @Override
    public void close() {}

    @Override
    public boolean getBoolean(int row) {
        throw otherType();
    }

    @Override
    public byte getByte(int row) {
        throw otherType();
    }

    @Override
    public short getShort(int row) {
        throw otherType();
    }

    @Override
    public float getFloat(int row) {
        throw otherType();
    }

    @Override
    public double getDouble(int row) {
        throw otherType();
    }

    @Override
    public ColumnarArray getArray(int row) {
        throw otherType();
    }

    @Override
    public ColumnarMap getMap(int row) {
        throw otherType();
    }

    @Override
    public Decimal getDecimal(int row, int precision, int scale) {
        throw otherType();
    }

    @Override
    public byte[] getBinary(int row) {
        throw otherType();
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        throw otherType();
    }

    private UnsupportedOperationException otherType() {
        return new UnsupportedOperationException("a column of type " + type.sql());
    }
}
