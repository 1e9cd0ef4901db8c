package io.flowlog.spark;

import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;

/** The one session of all tests; starting it takes longer than most of them. */
final class Sessions {
    private static final SparkSession SPARK = SparkSession.builder()
            .master("local[2]")
            .appName("flowlog-spark tests")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.warehouse.dir", "target/warehouse")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();

    private Sessions() {}

    static SparkSession spark() {
        return SPARK;
    }

    static DataFrameReader flowlog() {
        return SPARK.read().format("flowlog");
    }
}
