package io.flowlog.spark;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Flow log files as a table. The columns of the path are metadata columns: a query gets them only if it names them. */
final class FlowLogTable implements SupportsRead, SupportsMetadataColumns {
    private final CaseInsensitiveStringMap properties;
    private final StructType schema;
    private final FileIndex index;

    FlowLogTable(CaseInsensitiveStringMap properties, StructType schema, FileIndex index) {
        this.properties = properties;
        this.schema = schema;
        this.index = index;
    }

    @Override
    public String name() {
        return "flowlog " + String.join(", ", index.options().paths());
    }

    @Override
    public Column[] columns() {
        return Arrays.stream(schema.fields())
                .map(field -> Column.create(field.name(), field.dataType(), true))
                .toArray(Column[]::new);
    }

    @Override
    public MetadataColumn[] metadataColumns() {
        return Columns.OF_PATH.stream().map(PathColumn::new).toArray(MetadataColumn[]::new);
    }

    @Override
    public Set<TableCapability> capabilities() {
        return EnumSet.of(TableCapability.BATCH_READ);
    }

    /** The options are those of {@code load()} again, or what a query on a table of a catalog sets for itself. */
    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        Map<String, String> all = new LinkedHashMap<>(properties.asCaseSensitiveMap());
        all.putAll(options.asCaseSensitiveMap());
        CaseInsensitiveStringMap merged = new CaseInsensitiveStringMap(all);
        return new FlowLogScanBuilder(
                schema, merged.equals(properties) ? index : new FileIndex(ReadOptions.of(merged), merged));
    }

    private record PathColumn(String name) implements MetadataColumn {
        @Override
        public DataType dataType() {
            return Columns.typeOfPathColumn(name);
        }
    }
}
