/**
 * AWS VPC Flow Logs and Transit Gateway Flow Logs as a data source of Apache Spark 4.
 *
 * <pre>{@code
 * Dataset<Row> flows = spark.read().format("flowlog").load("s3a://bucket/AWSLogs/");
 * }</pre>
 *
 * <p>Spark finds {@link io.flowlog.spark.FlowLogDataSource} by the name {@code flowlog}. {@link
 * io.flowlog.spark.MalformedLines} has the number of lines that could not be read. {@code docs/spark.md} describes the
 * columns and the options.
 *
 * <p>A read takes this path: {@code LogFiles} lists the files, {@code HeaderSample} finds the columns, {@code
 * FlowLogScanBuilder} takes columns and filters from Spark, {@code FilterText} and {@code KeyMatch} turn the filters into
 * one of the parser and into a choice of files, {@code FlowLogScan} packs the files into partitions, and {@code
 * FlowLogPartitionReader} reads one partition in batches of columns, {@code RowBatch}.
 */
@NullMarked
package io.flowlog.spark;

import org.jspecify.annotations.NullMarked;
