package io.flowlog.spark;

import java.util.Map;
import java.util.WeakHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.metric.CustomSumMetric;
import org.apache.spark.util.LongAccumulator;

/**
 * The number of lines that could not be read, in the modes {@code PERMISSIVE} and {@code DROPMALFORMED}.
 *
 * <p>{@link #accumulator} has the sum over all queries of an application. The page of a query in Spark's user interface
 * has the number of this query, as a metric of the scan.
 */
public final class MalformedLines {
    private static final Map<SparkContext, LongAccumulator> ACCUMULATORS = new WeakHashMap<>();
    private static final String NAME = "flowlog malformed lines";

    private MalformedLines() {}

    /**
     * Returns the accumulator of an application. Its value grows as tasks finish. A task that Spark runs again counts again,
     * and so does a query that reads a file twice.
     *
     * @param spark a session of the application
     * @return the same accumulator for all sessions of the application; {@code reset()} sets it to 0
     */
    public static LongAccumulator accumulator(SparkSession spark) {
        SparkContext context = spark.sparkContext();
        synchronized (ACCUMULATORS) {
            return ACCUMULATORS.computeIfAbsent(context, each -> each.longAccumulator(NAME));
        }
    }

    /** The metric of a scan in Spark's user interface. Public because Spark creates an object of it. */
    public static final class Metric extends CustomSumMetric {
        static final String METRIC_NAME = "malformedLines";

        /** Spark calls it. */
        public Metric() {}

        @Override
        public String name() {
            return METRIC_NAME;
        }

        @Override
        public String description() {
            return "malformed lines";
        }
    }
}
