package io.flowlog.spark;

import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogRow;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Writes rows of the parser as rows of Spark: only the columns of the query. CsvComparison measures it. */
final class RowWriter {
    private enum Kind {
        LONG,
        INT,
        TEXT,
        CONSTANT,
        CORRUPT_RECORD
    }

    private final StructField[] fields;
    private final Kind[] kinds;
    /** For each column the one of the current format; -1 if its header has none. */
    private final int[] sources;

    /** Values of the columns of the path, or null. */
    private final @Nullable Object[] constants;

    private final UnsafeRowWriter writer;
    private byte[] buffer = new byte[256];
    private @Nullable FlowLogFormat format;
    private String file = "";

    RowWriter(ReadPlan plan) {
        fields = plan.columns().fields();
        kinds = new Kind[fields.length];
        sources = new int[fields.length];
        constants = new Object[fields.length];
        writer = new UnsafeRowWriter(fields.length, 64 * fields.length);
        String corruptRecord = plan.options().corruptRecordColumn();
        for (int i = 0; i < fields.length; i++) {
            String name = fields[i].name();
            if (name.equals(corruptRecord)) {
                kinds[i] = Kind.CORRUPT_RECORD;
            } else if (Columns.OF_PATH.contains(name)) {
                kinds[i] = Kind.CONSTANT;
            } else if (fields[i].dataType().equals(DataTypes.LongType)) {
                kinds[i] = Kind.LONG;
            } else if (fields[i].dataType().equals(DataTypes.IntegerType)) {
                kinds[i] = Kind.INT;
            } else {
                kinds[i] = Kind.TEXT;
            }
        }
    }

    /** Goes on to rows of another file. */
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

    /** The row, which the next call changes. */
    UnsafeRow write(FlowLogRow row) {
        if (row.format() != format) {
            use(row.format());
        }
        writer.reset();
        writer.zeroOutNullBytes();
        for (int i = 0; i < kinds.length; i++) {
            int source = sources[i];
            switch (kinds[i]) {
                case LONG -> writeLong(row, i, source);
                case TEXT -> writeText(row, i, source);
                case INT -> writeInt(row, i, source);
                case CONSTANT -> writeConstant(i);
                case CORRUPT_RECORD -> writer.setNullAt(i);
            }
        }
        return writer.getRow();
    }

    /** The row of a malformed line: the columns of the path and the line itself. */
    UnsafeRow writeMalformed(String line) {
        writer.reset();
        writer.zeroOutNullBytes();
        for (int i = 0; i < kinds.length; i++) {
            switch (kinds[i]) {
                case CONSTANT -> writeConstant(i);
                case CORRUPT_RECORD -> writer.write(i, utf8(line));
                default -> writer.setNullAt(i);
            }
        }
        return writer.getRow();
    }

    private void use(FlowLogFormat next) {
        format = next;
        for (int i = 0; i < fields.length; i++) {
            sources[i] = next.indexOf(Columns.awsName(fields[i].name()));
        }
    }

    private void writeLong(FlowLogRow row, int i, int source) {
        long value = source < 0 ? -1 : row.longValue(source, -1);
        if (value < 0) {
            writer.setNullAt(i);
        } else {
            writer.write(i, value);
        }
    }

    private void writeInt(FlowLogRow row, int i, int source) {
        long value = source < 0 ? -1 : row.longValue(source, -1);
        if (value > Integer.MAX_VALUE) {
            throw new ArithmeticException(file + ", line " + row.lineNumber() + ", column " + fields[i].name() + ": "
                    + value + " does not fit into int; use bigint in the schema");
        }
        if (value < 0) {
            writer.setNullAt(i);
        } else {
            writer.write(i, (int) value);
        }
    }

    private void writeText(FlowLogRow row, int i, int source) {
        int length = source < 0 ? 0 : row.length(source);
        if (length == 0) {
            writer.setNullAt(i);
            return;
        }
        if (length > buffer.length) {
            buffer = new byte[Math.max(length, 2 * buffer.length)];
        }
        row.copyTo(source, buffer, 0);
        writer.write(i, buffer, 0, length);
    }

    private void writeConstant(int i) {
        Object value = constants[i];
        if (value == null) {
            writer.setNullAt(i);
        } else if (value instanceof Integer day) {
            writer.write(i, day.intValue());
        } else {
            writer.write(i, (byte[]) value);
        }
    }
}
