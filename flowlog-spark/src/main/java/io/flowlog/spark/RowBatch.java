package io.flowlog.spark;

import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogRow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one file as a batch of Spark: only the columns of the query. Spark reads integers and texts of it without a row in
 * between. CsvComparison measures it.
 */
final class RowBatch {
    static final int ROWS = 1024;

    /** A batch is full if its texts have this size, which few batches reach before they have all rows. */
    private static final int FULL = 512 << 10;

    /**
     * If more than one column in so many is a text of the query, lines are copied as a whole: measured as 0.43 instead of 0.52
     * microseconds a record for all columns of version 5, and as 0.02 more for two texts of them.
     */
    private static final int WHOLE_LINE = 4;

    private enum Kind {
        LONG,
        INT,
        TEXT,
        CONSTANT,
        CORRUPT_RECORD
    }

    private final StructField[] fields;
    private final Kind[] kinds;
    private final BatchColumn[] columns;
    private final ColumnarBatch batch;

    /** For each column the one of the current format; -1 if its header has none. */
    private final int[] sources;

    /** Values of the columns of the path: bytes, a day or null. */
    private final @Nullable Object[] constants;

    private byte[] text = new byte[FULL];
    private int textLength;

    /** Where the columns of the line in {@link #text} end. */
    private int[] ends = {};

    private boolean copiesLines;
    private int rows;
    private @Nullable FlowLogFormat format;
    private String file = "";

    RowBatch(ReadPlan plan) {
        fields = plan.columns().fields();
        kinds = new Kind[fields.length];
        columns = new BatchColumn[fields.length];
        sources = new int[fields.length];
        constants = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            kinds[i] = kind(fields[i], plan.options().corruptRecordColumn());
            columns[i] = new BatchColumn(this, fields[i].dataType());
        }
        batch = new ColumnarBatch(columns);
    }

    private static Kind kind(StructField field, String corruptRecord) {
        if (field.name().equals(corruptRecord)) {
            return Kind.CORRUPT_RECORD;
        }
        if (Columns.OF_PATH.contains(field.name())) {
            return Kind.CONSTANT;
        }
        if (field.dataType().equals(DataTypes.LongType)) {
            return Kind.LONG;
        }
        return field.dataType().equals(DataTypes.IntegerType) ? Kind.INT : Kind.TEXT;
    }

    /** Goes on to rows of another file. The batch must be empty. */
    void use(LogFile next) {
        file = next.path();
        format = null;
        Optional<FileKey> key = FileKey.of(next);
        for (int i = 0; i < fields.length; i++) {
            constants[i] = switch (fields[i].name()) {
                case Columns.FILE -> utf8(file);
                case Columns.ACCOUNT -> key.map(k -> utf8(k.account())).orElse(null);
                case Columns.REGION -> key.map(k -> utf8(k.region())).orElse(null);
                case Columns.DATE -> key.map(FileKey::day).orElse(null);
                default -> null;
            };
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    boolean isEmpty() {
        return rows == 0;
    }

    boolean isFull() {
        return rows == ROWS || textLength >= FULL;
    }

    int rows() {
        return rows;
    }

    byte[] text() {
        return text;
    }

    void clear() {
        rows = 0;
        textLength = 0;
    }

    /** The batch for Spark, which {@link #clear} makes invalid. */
    ColumnarBatch toSpark() {
        batch.setNumRows(rows);
        return batch;
    }

    /** Adds a row. The batch must not be full. */
    void add(FlowLogRow row) {
        if (row.format() != format) {
            use(row.format());
        }
        int line = copiesLines ? copyLine(row) : 0;
        for (int i = 0; i < kinds.length; i++) {
            int source = sources[i];
            columns[i].values[rows] = switch (kinds[i]) {
                case LONG -> source < 0 ? BatchColumn.NULL : row.longValue(source, BatchColumn.NULL);
                case TEXT -> source < 0 ? BatchColumn.NULL : copiesLines ? text(line, source) : text(row, source);
                case INT -> source < 0 ? BatchColumn.NULL : intValue(row, i, source);
                case CONSTANT -> constant(i);
                case CORRUPT_RECORD -> BatchColumn.NULL;
            };
        }
        rows++;
    }

    /** Adds the row of a malformed line: the columns of the path and the line itself. */
    void addMalformed(String line) {
        for (int i = 0; i < kinds.length; i++) {
            columns[i].values[rows] = switch (kinds[i]) {
                case CONSTANT -> constant(i);
                case CORRUPT_RECORD -> text(utf8(line));
                default -> BatchColumn.NULL;
            };
        }
        rows++;
    }

    private void use(FlowLogFormat next) {
        format = next;
        ends = new int[next.size()];
        int texts = 0;
        for (int i = 0; i < fields.length; i++) {
            sources[i] = next.indexOf(Columns.awsName(fields[i].name()));
            texts += kinds[i] == Kind.TEXT && sources[i] >= 0 ? 1 : 0;
        }
        copiesLines = WHOLE_LINE * texts > next.size();
    }

    private long intValue(FlowLogRow row, int i, int source) {
        long value = row.longValue(source, BatchColumn.NULL);
        if (value > Integer.MAX_VALUE) {
            throw new ArithmeticException(file + ", line " + row.lineNumber() + ", column " + fields[i].name() + ": "
                    + value + " does not fit into int; use bigint in the schema");
        }
        return value;
    }

    private int copyLine(FlowLogRow row) {
        int start = reserve(row.lineLength());
        row.copyLineTo(text, start, ends);
        return start;
    }

    /** A text of the line that was copied to {@code line}. */
    private long text(int line, int source) {
        int start = source == 0 ? line : ends[source - 1] + 1;
        int length = ends[source] - start;
        return length == 1 && text[start] == '-' ? BatchColumn.NULL : BatchColumn.place(start, length);
    }

    private long text(FlowLogRow row, int source) {
        int length = row.length(source);
        if (length == 0) {
            return BatchColumn.NULL;
        }
        int start = reserve(length);
        row.copyTo(source, text, start);
        return BatchColumn.place(start, length);
    }

    private long text(byte[] bytes) {
        int start = reserve(bytes.length);
        System.arraycopy(bytes, 0, text, start, bytes.length);
        return BatchColumn.place(start, bytes.length);
    }

    /** Makes room for a text, and returns where it begins. */
    private int reserve(int length) {
        int start = textLength;
        textLength += length;
        if (textLength > text.length) {
            text = Arrays.copyOf(text, Math.max(textLength, 2 * text.length));
        }
        return start;
    }

    /** A text of the path is in the batch once, for all rows. */
    private long constant(int i) {
        Object value = constants[i];
        if (value == null) {
            return BatchColumn.NULL;
        }
        if (rows > 0) {
            return columns[i].values[0];
        }
        return value instanceof Integer day ? day : text((byte[]) value);
    }
}
