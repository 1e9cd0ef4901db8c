package io.flowlog.lambda;

import static io.flowlog.lambda.Template.list;
import static io.flowlog.lambda.Template.map;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowlog.lambda.Metrics.Metric;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The alarms and the dashboard of the stack. */
class AlarmsTest {
    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:topic";

    private static Template template;

    @BeforeAll
    static void load() throws IOException {
        template = Template.load();
    }

    @Test
    void theAlarmForSilenceCountsHoursAndTakesNoDataForNothing() {
        assertThat(stack("EventBridge", Map.of("NothingDeliveredHours", 12L))
                        .resources()
                        .get("SilenceAlarm"))
                .containsEntry("Namespace", Metrics.NAMESPACE)
                .containsEntry("MetricName", Metric.RECORDS.metricName)
                .containsEntry("Statistic", "Sum")
                .containsEntry("Period", 3600L)
                .containsEntry("EvaluationPeriods", 12L)
                .containsEntry("ComparisonOperator", "LessThanThreshold")
                .containsEntry("Threshold", 1L)
                .containsEntry("TreatMissingData", "breaching");
        assertThat(stack("EventBridge", Map.of("NothingDeliveredHours", 0L)).resources())
                .doesNotContainKey("SilenceAlarm");
        // PutMetricAlarm: Period times EvaluationPeriods is at most seven days
        assertThat(template.at("Parameters", "NothingDeliveredHours", "MaxValue"))
                .isEqualTo(7 * 24L);
    }

    @ParameterizedTest
    @CsvSource({
        "ThrottleAlarm, AWS/Lambda, Throttles, FunctionName, <VPCFlowApp>",
        "DroppedEventAlarm, AWS/Lambda, AsyncEventsDropped, FunctionName, <VPCFlowApp>",
        "LostEventAlarm, AWS/Lambda, DestinationDeliveryFailures, FunctionName, <VPCFlowApp>",
        "LostRuleEventAlarm, AWS/Events, InvocationsFailedToBeSentToDLQ, RuleName, <Rule>"
    })
    void anAlarmWatchesEachWayToLoseAnEvent(
            String alarm, String namespace, String metric, String dimension, String value) {
        assertThat(stack("EventBridge", Map.of()).resources().get(alarm))
                .containsEntry("Namespace", namespace)
                .containsEntry("MetricName", metric)
                .containsEntry("Dimensions", List.of(Map.of("Name", dimension, "Value", value)))
                .containsEntry("Statistic", "Sum")
                .containsEntry("Threshold", 0L)
                .containsEntry("ComparisonOperator", "GreaterThanThreshold")
                .containsEntry("TreatMissingData", "notBreaching");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EventBridge", "Queue", "Manual"})
    void everyAlarmNotifiesTheTopicOfAlarms(String trigger) {
        Stack stack = stack(trigger, Map.of("AlarmTopicArn", TOPIC));
        Set<String> alarms = template.resources("AWS::CloudWatch::Alarm").keySet();
        assertThat(stack.resources().keySet().stream().filter(alarms::contains))
                .hasSizeGreaterThan(7)
                .allSatisfy(alarm -> assertThat(stack.resources().get(alarm))
                        .containsEntry("AlarmActions", List.of(TOPIC))
                        .containsEntry("OKActions", List.of(TOPIC)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EventBridge", "Queue", "Manual"})
    void theDashboardShowsMetricsThatAreWritten(String trigger) throws IOException {
        String body =
                (String) stack(trigger, Map.of()).resources().get("Dashboard").get("DashboardBody");
        Map<String, Object> dashboard = map(new ObjectMapper().readValue(body, Map.class));
        Set<String> shown = new TreeSet<>();
        for (Object widget : list(dashboard.get("widgets"))) {
            String namespace = "";
            for (Object metric : list(map(map(widget).get("properties")).get("metrics"))) {
                List<Object> parts = list(metric);
                if (!parts.get(0).equals("...")) {
                    namespace = parts.get(0).equals(".") ? namespace : (String) parts.get(0);
                    shown.add(namespace + " " + parts.get(1));
                }
            }
        }
        assertThat(shown)
                .contains(
                        "flowlog Objects",
                        "flowlog Records",
                        "flowlog MalformedLines",
                        "flowlog BytesIn",
                        "flowlog BytesOut",
                        "flowlog Failures",
                        "AWS/Lambda Duration",
                        "AWS/Lambda Throttles",
                        "AWS/SQS ApproximateNumberOfMessagesVisible");
        assertThat(shown.contains("AWS/SQS ApproximateAgeOfOldestMessage")).isEqualTo(!trigger.equals("Manual"));
        Set<String> written = new HashSet<>();
        for (Metric metric : Metric.values()) {
            written.add(Metrics.NAMESPACE + " " + metric.metricName);
        }
        assertThat(shown.stream().filter(metric -> metric.startsWith("flowlog ")))
                .isSubsetOf(written);
    }

    private static Stack stack(String trigger, Map<String, ?> option) {
        return Stack.of(template, trigger, option);
    }
}
