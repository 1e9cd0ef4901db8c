package io.flowlog.lambda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The numbers of one invocation, written as one line of CloudWatch's embedded metric format (Amazon CloudWatch User Guide,
 * "Specification: Embedded metric format"). Safe for several threads.
 */
final class Metrics {
    static final String NAMESPACE = "flowlog";

    /** The metrics' names are part of what operators rely on: template.yaml has alarms on some. */
    enum Metric {
        OBJECTS("Objects", "Count"),
        RECORDS("Records", "Count"),
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

    long value(Metric metric) {
        return values.get(metric.ordinal());
    }

    void write(Log log, String functionName, String requestId) {
        List<Map<String, String>> names = new ArrayList<>();
        Map<String, Object> line = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            names.add(Map.of("Name", metric.metricName, "Unit", metric.unit));
        }
        Map<String, Object> directive = new LinkedHashMap<>();
        directive.put("Namespace", NAMESPACE);
        directive.put("Dimensions", List.of(List.of("FunctionName")));
        directive.put("Metrics", names);
        Map<String, Object> aws = new LinkedHashMap<>();
        aws.put("Timestamp", log.now());
        aws.put("CloudWatchMetrics", List.of(directive));
        line.put("_aws", aws);
        line.put("FunctionName", functionName);
        line.put("requestId", requestId);
        for (Metric metric : Metric.values()) {
            line.put(metric.metricName, value(metric));
        }
        log.write(line);
    }
}
