package io.flowlog.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Takes the columns and the filters of one query. */
final class FlowLogScanBuilder implements SupportsPushDownV2Filters, SupportsPushDownRequiredColumns {
    private final StructType schema;
    private final FileIndex index;
    private StructType required;
    private final List<Predicate> all = new ArrayList<>();
    private final List<Predicate> pushed = new ArrayList<>();
    private @Nullable String filter;

    FlowLogScanBuilder(StructType schema, FileIndex index) {
        this.schema = schema;
        this.required = schema;
        this.index = index;
    }

    /**
     * Takes what the filter of the parser can test. It returns all of them, so Spark tests the remaining rows too: the filter
     * can keep more rows than SQL does, and malformed lines do not pass through it.
     */
    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
        FilterText translation = new FilterText(schema);
        for (Predicate predicate : predicates) {
            all.add(predicate);
            Optional<String> text = translation.of(predicate);
            if (text.isPresent()) {
                filter = FilterText.and(filter, text.get());
                pushed.add(predicate);
            }
        }
        return predicates;
    }

    @Override
    public Predicate[] pushedPredicates() {
        return pushed.toArray(Predicate[]::new);
    }

    @Override
    public void pruneColumns(StructType columns) {
        required = columns;
    }

    @Override
    public Scan build() {
        ReadOptions options = index.options();
        return new FlowLogScan(index, new ReadPlan(required, options, filter), new KeyMatch(all, options));
    }
}
