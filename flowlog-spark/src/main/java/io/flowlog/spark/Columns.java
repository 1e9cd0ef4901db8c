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

/**
 * The names and types of columns. The names are those of AWS's table for Athena: {@code pkt-srcaddr} is {@code pkt_srcaddr}.
 * Integers are {@code bigint}, because a valid line can have any number up to 2<sup>63</sup>-1 in them; that table has {@code
 * int} for some.
 */
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

    /** Whether a name is one that AWS documents, or one of the path, in any case. */
    static boolean isTaken(String column) {
        return field(column).isPresent() || OF_PATH.contains(column.toLowerCase(Locale.ROOT));
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
     * @throws IllegalArgumentException if a column has a type that it cannot be read as, or the name of a column of the path
     *     in other letters
     */
    static void check(StructType schema) {
        for (StructField field : schema.fields()) {
            String ofPath = field.name().toLowerCase(Locale.ROOT);
            if (OF_PATH.contains(ofPath) && !OF_PATH.contains(field.name())) {
                throw new IllegalArgumentException(
                        "flowlog: column " + field.name() + ": expected " + ofPath + ", in lower case");
            }
            List<DataType> types = isInteger(field.name())
                    ? List.of(DataTypes.LongType, DataTypes.IntegerType, DataTypes.StringType)
                    : List.of(typeOfPathColumn(field.name()));
            if (!types.contains(field.dataType())) {
                throw new IllegalArgumentException("flowlog: column " + field.name() + ": expected "
                        + (types.size() > 1 ? "bigint, int or string" : name(types.get(0))) + ", found "
                        + name(field.dataType()) + "; cast it in the query");
            }
        }
    }

    private static String name(DataType type) {
        return type.sql().toLowerCase(Locale.ROOT);
    }
}
