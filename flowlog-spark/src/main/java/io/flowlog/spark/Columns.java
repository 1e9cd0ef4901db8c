package io.flowlog.spark;

import io.flowlog.parser.FlowLogField;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The names and types of columns, which are those of Athena's table: {@code pkt-srcaddr} is {@code pkt_srcaddr}. */
final class Columns {
    /** The path of the file. */
    static final String FILE = "_file";
    /** The account in the name of the file. */
    static final String ACCOUNT = "_account";
    /** The region in the name of the file. */
    static final String REGION = "_region";
    /** The day of the time in the name of the file, in UTC. */
    static final String DATE = "_date";

    /** The columns that come from the path, which a query gets only if it names them. */
    static final List<String> OF_PATH = List.of(FILE, ACCOUNT, REGION, DATE);

    private Columns() {}

    /** The name in a header. */
    static String awsName(String column) {
        return column.replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** The field that AWS documents under this name. */
    static Optional<FlowLogField> field(String column) {
        return FlowLogField.of(awsName(column));
    }

    static boolean isInteger(String column) {
        return field(column).filter(FlowLogField::isInteger).isPresent();
    }

    static DataType typeOfPathColumn(String column) {
        return column.equals(DATE) ? DataTypes.DateType : DataTypes.StringType;
    }

    /** The columns of these headers. */
    static StructType schema(Collection<String> awsNames) {
        StructType schema = new StructType();
        for (String name : awsNames) {
            schema = schema.add(
                    name.replace('-', '_'), isInteger(name) ? DataTypes.LongType : DataTypes.StringType, true);
        }
        return schema;
    }

    /**
     * Checks the schema of a user.
     *
     * @throws IllegalArgumentException if a column has a type that it cannot be read as
     */
    static void check(StructType schema, String corruptRecordColumn) {
        for (StructField field : schema.fields()) {
            boolean text = field.dataType().equals(DataTypes.StringType);
            boolean integer = field.dataType().equals(DataTypes.LongType)
                    || field.dataType().equals(DataTypes.IntegerType);
            boolean canBeInteger = isInteger(field.name()) && !field.name().equals(corruptRecordColumn);
            if (!text && !(integer && canBeInteger)) {
                throw new IllegalArgumentException("flowlog: column " + field.name() + ": expected "
                        + (canBeInteger ? "bigint, int or string" : "string") + ", found "
                        + field.dataType().sql().toLowerCase(Locale.ROOT) + "; cast it in the query");
            }
        }
    }
}
