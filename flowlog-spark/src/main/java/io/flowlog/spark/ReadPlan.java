package io.flowlog.spark;

import java.io.Serializable;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What is read of every file.
 *
 * @param columns the columns of the rows, in their order
 * @param options the options of the read
 * @param filter the parser's filter as text, or null
 */
record ReadPlan(
        StructType columns, ReadOptions options, @Nullable String filter) implements Serializable {
    private static final long serialVersionUID = 1L;
}
