package io.flowlog.parquet;

import dev.hardwood.internal.thrift.FileMetaDataReader;
import dev.hardwood.internal.thrift.ThriftCompactReader;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.ColumnSchema;
import dev.hardwood.schema.FileSchema;
import io.flowlog.parser.CorruptParquetException;
import io.flowlog.parser.LimitExceededException;
import io.flowlog.parser.NotAFlowLogException;
import io.flowlog.parser.RandomAccessInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a Parquet file says about the file. It is checked as far as it can be without reading the data: the columns of
 * every row group are those of the schema, and lie within the file.
 *
 * @param names the columns as a flow log names them
 * @param columns the columns of the schema
 * @param rowGroups the parts of the file
 * @see <a href="https://parquet.apache.org/docs/file-format/">Parquet file format</a>
 */
record Footer(List<String> names, List<ColumnSchema> columns, List<RowGroup> rowGroups) {
    private static final int MAGIC = 4;
    private static final int TRAILER = 8;
    /** Read at once, which is enough for most footers. */
    private static final int TAIL = 64 * 1024;

    /** Fields 2, 3 and 4, which hardwood takes for empty if they are not there: schema, number of rows and row groups. */
    private static final long REQUIRED = 0b11100;

    private static final int LONGEST = 64 * 1024 * 1024;
    private static final Pattern FLOW_LOG_NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern SEPARATOR = Pattern.compile("[\\s\\p{Cntrl}]");

    /** Reads the footer of a file that begins with PAR1. */
    static Footer read(RandomAccessInput file, String name) throws IOException {
        long size = file.size();
        if (size < MAGIC + TRAILER) {
            throw damaged(name, "expected at least " + (MAGIC + TRAILER) + " bytes, found " + size);
        }
        ByteBuffer tail = bytes(file, size, (int) Math.min(size, TAIL));
        int length = tail.getInt(tail.limit() - TRAILER);
        byte[] magic = new byte[MAGIC];
        tail.get(tail.limit() - MAGIC, magic);
        if (!new String(magic, StandardCharsets.ISO_8859_1).equals("PAR1")) {
            throw damaged(
                    name,
                    "expected PAR1 at the end, found other bytes; the file is cut off, or was written only in part");
        }
        if (length <= 0 || length > size - MAGIC - TRAILER) {
            throw damaged(name, "expected a footer within the file, found one of " + length + " bytes");
        }
        if (length > Math.min(LONGEST, Runtime.getRuntime().maxMemory() / 16)) {
            throw new LimitExceededException(
                    LimitExceededException.Limit.MEMORY,
                    name,
                    "expected a Parquet footer that fits into the memory, found one of " + length
                            + " bytes; give Java more memory");
        }
        if (length + TRAILER > tail.limit()) {
            tail = bytes(file, size, length + TRAILER);
        }
        ByteBuffer footer = tail.slice(tail.limit() - TRAILER - length, length);
        FileMetaData metaData;
        FileSchema schema;
        try {
            if ((ThriftBounds.fields(footer) & REQUIRED) != REQUIRED) {
                throw new IllegalArgumentException("no schema, no number of rows or no row groups");
            }
            metaData = FileMetaDataReader.read(new ThriftCompactReader(footer));
            schema = FileSchema.fromSchemaElements(metaData.schema());
        } catch (ThriftBounds.Incomplete | IOException | RuntimeException | StackOverflowError e) {
            if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("encrypt")) {
                throw NotAFlowLogException.parquet(name, "encrypted Parquet files are not supported");
            }
            CorruptParquetException damaged =
                    damaged(name, "expected a description of the file, found: " + e.getMessage());
            damaged.initCause(e);
            throw damaged;
        }
        List<ColumnSchema> columns = schema.getColumns();
        List<String> names = new ArrayList<>();
        for (ColumnSchema column : columns) {
            names.add(flowLogName(column, name));
        }
        if (names.isEmpty()) {
            throw damaged(name, "expected one column or more, found none");
        }
        check(metaData, columns, size - TRAILER - length, name);
        return new Footer(List.copyOf(names), columns, metaData.rowGroups());
    }

    private static ByteBuffer bytes(RandomAccessInput file, long size, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        file.readFully(size - count, bytes);
        return bytes.flip();
    }

    /** The name in a flow log, if the column has a type with a text. */
    private static String flowLogName(ColumnSchema column, String file) throws NotAFlowLogException {
        String written = column.fieldPath().toString();
        String why = null;
        if (column.maxRepetitionLevel() > 0 || column.fieldPath().elements().size() != 1) {
            why = "is nested or repeated";
        } else if (Cells.of(column) == null) {
            why = "has the type " + (column.logicalType() == null ? column.type() : column.logicalType());
        } else if (written.isEmpty() || SEPARATOR.matcher(written).find()) {
            why = "has a name that is empty or has white space";
        }
        if (why != null) {
            throw NotAFlowLogException.parquet(
                    file,
                    "expected columns of text and numbers, found the column \""
                            + SEPARATOR.matcher(written).replaceAll("?") + "\", which " + why
                            + "; this is not supported in a Parquet flow log");
        }
        String name = written.toLowerCase(Locale.ROOT).replace('_', '-');
        return FLOW_LOG_NAME.matcher(name).matches() ? name : written;
    }

    private static void check(FileMetaData metaData, List<ColumnSchema> columns, long end, String name)
            throws IOException {
        long rows = 0;
        int number = 0;
        for (RowGroup group : metaData.rowGroups()) {
            number++;
            if (group.numRows() < 0 || group.columns().size() != columns.size()) {
                throw damaged(
                        name,
                        "row group " + number + ": expected " + columns.size() + " columns, found "
                                + group.columns().size() + ", with " + group.numRows() + " rows");
            }
            rows += group.numRows();
            for (int i = 0; i < columns.size(); i++) {
                String place = place(number, columns.get(i));
                String why = problem(group.columns().get(i), columns.get(i), group.numRows(), end);
                if (why != null) {
                    throw damaged(name, place + ": " + why);
                }
                ColumnMetaData column = group.columns().get(i).metaData();
                if (!Codecs.isSupported(column.codec())) {
                    throw NotAFlowLogException.parquet(
                            name,
                            place + ": the codec " + column.codec() + " is not supported"
                                    + Codecs.hint(column.codec()));
                }
            }
        }
        if (rows != metaData.numRows()) {
            throw damaged(name, "expected " + metaData.numRows() + " rows, found row groups of " + rows);
        }
    }

    private static @Nullable String problem(ColumnChunk chunk, ColumnSchema column, long rows, long end) {
        ColumnMetaData found = chunk.metaData();
        if (found == null || found.codec() == null || found.type() == null || found.pathInSchema() == null) {
            return "expected a description of the column, found an incomplete one";
        }
        if (found.type() != column.type() || !found.pathInSchema().equals(column.fieldPath())) {
            return "expected " + column.type() + ", as in the schema, found " + found.pathInSchema() + " of the type "
                    + found.type();
        }
        if (found.numValues() != rows) {
            return "expected " + rows + " values, found " + found.numValues();
        }
        long start = start(found);
        if (start < MAGIC || found.totalCompressedSize() < 0 || found.totalCompressedSize() > end - start) {
            return "expected bytes within the file, found " + found.totalCompressedSize() + " from byte " + start;
        }
        return null;
    }

    /** Where the pages of a column begin. */
    static long start(ColumnMetaData column) {
        Long dictionary = column.dictionaryPageOffset();
        return dictionary != null && dictionary > 0
                ? Math.min(dictionary, column.dataPageOffset())
                : column.dataPageOffset();
    }

    static String place(int rowGroup, ColumnSchema column) {
        return "row group " + rowGroup + ", column "
                + SEPARATOR.matcher(column.name()).replaceAll("?");
    }

    private static CorruptParquetException damaged(String name, String expectedAndFound) {
        return new CorruptParquetException(name, "footer: " + expectedAndFound);
    }
}
