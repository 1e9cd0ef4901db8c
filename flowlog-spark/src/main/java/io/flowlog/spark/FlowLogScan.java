package io.flowlog.spark;

import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** One scan of the files that a query needs. */
final class FlowLogScan implements Scan, Batch {
    private final FileIndex index;
    private final ReadPlan plan;
    private final KeyMatch keys;
    private @Nullable List<LogFile> selected;

    FlowLogScan(FileIndex index, ReadPlan plan, KeyMatch keys) {
        this.index = index;
        this.plan = plan;
        this.keys = keys;
    }

    private synchronized List<LogFile> selected() {
        if (selected == null) {
            selected = keys.select(index.files());
        }
        return selected;
    }

    @Override
    public StructType readSchema() {
        return plan.columns();
    }

    /** What {@code explain} shows. */
    @Override
    public String description() {
        return "flowlog ReadColumns: [" + String.join(", ", plan.columns().fieldNames()) + "], PushedFilters: ["
                + Objects.requireNonNullElse(plan.filter(), "") + "], Files: "
                + selected().size() + " of "
                + index.files().size();
    }

    /** All partitions have batches, so Spark need not plan them to find out. */
    @Override
    public ColumnarSupportMode columnarSupportMode() {
        return ColumnarSupportMode.SUPPORTED;
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        SQLConf conf = SQLConf.get();
        long openCost = conf.filesOpenCostInBytes();
        int cores = conf.filesMinPartitionNum().isDefined()
                ? ((Number) conf.filesMinPartitionNum().get()).intValue()
                : SparkSession.active().sparkContext().defaultParallelism();
        long maxBytes = FilePartition.maxBytes(selected(), conf.filesMaxPartitionBytes(), openCost, cores);
        return FilePartition.pack(selected(), maxBytes, openCost);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        SparkSession spark = SparkSession.active();
        // Broadcast, because a configuration is larger than everything else that a task needs.
        var conf = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .broadcast(new SerializableConfiguration(index.conf()));
        return new FlowLogReaderFactory(plan, conf, MalformedLines.accumulator(spark));
    }

    @Override
    public CustomMetric[] supportedCustomMetrics() {
        return new CustomMetric[] {new MalformedLines.Metric()};
    }

    /** Scans that read the same are equal, so that Spark runs only one of them. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof FlowLogScan scan
                        && index == scan.index
                        && plan.equals(scan.plan)
                        && selected().equals(scan.selected());
    }

    @Override
    public int hashCode() {
        return plan.hashCode();
    }
}
