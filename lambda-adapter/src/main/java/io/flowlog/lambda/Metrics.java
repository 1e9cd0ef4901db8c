package io.flowlog.lambda;

import io.flowlog.sink.http.DeliveryReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The numbers of one invocation, written as one line of CloudWatch's embedded metric format (Amazon CloudWatch User Guide,
 * "Specification: Embedded metric format"). Safe for use by several threads.
 */
final class Metrics {
    static final String NAMESPACE = "flowlog";

    /** Operators rely on the names of the metrics, and template.yaml has alarms on some. */
    enum Metric {
        OBJECTS("Objects", "Count"),
        RECORDS("Records", "Count"),
        FILTERED("FilteredRecords", "Count"),
        SAMPLED_OUT("SampledOutRecords", "Count"),
        MALFORMED("MalformedLines", "Count"),
        REJECTED("RejectedRecords", "Count"),
        BATCHES("Batches", "Count"),
        RETRIES("Retries", "Count"),
        FAILURES("Failures", "Count"),
        IGNORED("IgnoredEvents", "Count"),
        EMPTY("EmptyObjects", "Count"),
        CORRUPT("CorruptObjects", "Count"),
        REPLACED("ReplacedObjects", "Count"),
        BYTES_IN("BytesIn", "Bytes"),
        BYTES_OUT("BytesOut", "Bytes"),
        MILLISECONDS("Milliseconds", "Milliseconds");

        final String metricName;
        final String unit;

        Metric(String metricName, String unit) {
            this.metricName = metricName;
            this.unit = unit;
        }
    }

    private final AtomicLongArray values = new AtomicLongArray(Metric.values().length);

    void add(Metric metric, long value) {
        values.addAndGet(metric.ordinal(), value);
    }

    /** Counts what was read and sent. */
    void add(Outcome.Accounts accounts) {
        DeliveryReport report = accounts.report();
        add(Metric.RECORDS, report.acknowledged());
        add(Metric.FILTERED, report.filtered());
        add(Metric.SAMPLED_OUT, report.sampledOut());
        add(Metric.MALFORMED, report.malformed());
        add(Metric.REJECTED, report.rejected());
        add(Metric.BATCHES, report.batches());
        add(Metric.RETRIES, report.retries());
        add(Metric.BYTES_IN, accounts.bytesIn());
        add(Metric.BYTES_OUT, report.bodyBytes());
    }

    /** Writes the line. It is no log event: CloudWatch requires this form whatever the log looks like. */
    void write(String functionName, String requestId) {
        List<Map<String, String>> names = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            names.add(Map.of("Name", metric.metricName, "Unit", metric.unit));
        }
        Map<String, Object> directive = new LinkedHashMap<>();
        directive.put("Namespace", NAMESPACE);
        directive.put("Dimensions", List.of(List.of("FunctionName")));
        directive.put("Metrics", names);
        Map<String, Object> aws = new LinkedHashMap<>();
        aws.put("Timestamp", System.currentTimeMillis());
        aws.put("CloudWatchMetrics", List.of(directive));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("_aws", aws);
        line.put("FunctionName", functionName);
        line.put("requestId", requestId);
        for (Metric metric : Metric.values()) {
            line.put(metric.metricName, values.get(metric.ordinal()));
        }
        JsonLine.write(line);
    }
}
