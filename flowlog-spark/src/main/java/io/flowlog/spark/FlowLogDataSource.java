package io.flowlog.spark;

import io.flowlog.parser.FlowLogFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.CreatableRelationProvider;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The data source {@code flowlog}. Spark creates and calls it; a program writes
 * {@code spark.read().format("flowlog").load(path)}.
 */
public final class FlowLogDataSource implements TableProvider, DataSourceRegister, CreatableRelationProvider {
    private @Nullable FileIndex index;

    /** Spark calls it. */
    public FlowLogDataSource() {}

    @Override
    public String shortName() {
        return "flowlog";
    }

    /** Returns that a user may give a schema, so that no header is read for it. */
    @Override
    public boolean supportsExternalMetadata() {
        return true;
    }

    /**
     * Finds the columns: those of the option {@code format}, or those of the headers of a sample of the files.
     *
     * @param map the options of the read
     * @return the columns as nullable {@code bigint} and {@code string}, and in the mode {@code PERMISSIVE} the column of
     *     malformed lines
     * @throws IllegalArgumentException if an option is invalid, or there is no file
     * @throws UncheckedIOException if a file cannot be read, or is not a text flow log
     */
    @Override
    public StructType inferSchema(CaseInsensitiveStringMap map) {
        ReadOptions options = ReadOptions.of(map);
        StructType schema = Columns.schema(columns(options, map));
        if (schema.getFieldIndex(options.corruptRecordColumn()).isDefined()) {
            throw new IllegalArgumentException("flowlog: option columnNameOfCorruptRecord: "
                    + "expected a name that no other column has (found \"" + options.corruptRecordColumn() + "\")");
        }
        return options.mode() == ReadOptions.Mode.PERMISSIVE
                ? schema.add(options.corruptRecordColumn(), DataTypes.StringType, true)
                : schema;
    }

    private List<String> columns(ReadOptions options, CaseInsensitiveStringMap map) {
        FlowLogFormat format = options.format();
        if (format != null) {
            return format.columns();
        }
        FileIndex found = new FileIndex(options, map);
        index = found;
        List<LogFile> files = found.files();
        if (files.isEmpty()) {
            throw new IllegalArgumentException("flowlog: there are no files in " + String.join(", ", options.paths())
                    + ", so the columns are unknown; set the option format, or a schema");
        }
        try {
            List<String> columns = HeaderSample.columns(files, options, found.conf());
            return columns.isEmpty() ? FlowLogFormat.DEFAULT.columns() : columns;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Returns the table.
     *
     * @param schema the columns that were found, or those that a user gave
     * @param partitioning not used: a flow log has no partitions that Spark knows of
     * @param properties the options of the read
     * @throws IllegalArgumentException if an option is invalid, or a column of the schema has an unsupported type
     */
    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        CaseInsensitiveStringMap map = new CaseInsensitiveStringMap(properties);
        ReadOptions options = ReadOptions.of(map);
        Columns.check(schema);
        FileIndex found = index;
        return new FlowLogTable(
                map, schema, found != null && found.options().equals(options) ? found : new FileIndex(options, map));
    }

    /**
     * Rejects a write. Without this method, Spark reports an internal error.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public BaseRelation createRelation(
            SQLContext context,
            SaveMode mode,
            scala.collection.immutable.Map<String, String> parameters,
            Dataset<Row> data) {
        throw new UnsupportedOperationException(
                "flowlog: this data source only reads; to keep records, write them as Parquet: write().parquet(path)");
    }
}
