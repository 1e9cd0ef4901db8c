package io.flowlog.lambda;

import static io.flowlog.lambda.Template.list;
import static io.flowlog.lambda.Template.map;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.flowlog.lambda.Metrics.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static final Set<String> ONLY_FOR_TRYING_OUT = Set.of("DASSANA_TOKEN", "FLOWLOG_ALLOW_HTTP_LOOPBACK");

    private static Template template;
    private static Map<String, Object> function;

    @BeforeAll
    static void load() throws IOException {
        template = Template.load();
        function = template.properties("VPCFlowApp");
    }

    @Test
    void theFunctionIsTheHandlerInTheDeployableJar() throws Exception {
        assertThat(function)
                .containsEntry("CodeUri", "lambda-adapter/target/flowlog-lambda.jar")
                .doesNotContainKey("FunctionName")
                .containsEntry("Architectures", List.of("arm64"))
                .containsEntry("Timeout", 120L);
        String[] handler = ((String) function.get("Handler")).split("::");
        Class<?> type = Class.forName(handler[0]);
        assertThat(RequestStreamHandler.class).isAssignableFrom(type);
        assertThat(Arrays.stream(type.getMethods()).map(m -> m.getName())).contains(handler[1]);
        assertThat(type.getConstructor()).isNotNull();
        assertThat(template.at("Parameters", "MemorySize", "Default")).isEqualTo(1769L);
        assertThat(template.at("Parameters", "Runtime"))
                .hasFieldOrPropertyWithValue("Default", "java25")
                .hasFieldOrPropertyWithValue("AllowedValues", List.of("java25", "java21"));
    }

    @Test
    void theParserGetsTheFullJitAndAProcessWithoutMemoryEnds() {
        assertThat((String) environment().get("JAVA_TOOL_OPTIONS"))
                .contains("-XX:TieredStopAtLevel=4", "-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void everyVariableIsASettingAndEverySettingThatAnOperatorNeedsIsThere() {
        Set<String> names = new TreeSet<>(environment().keySet());
        names.remove("JAVA_TOOL_OPTIONS");
        Set<String> expected = new TreeSet<>(Settings.NAMES);
        expected.removeAll(ONLY_FOR_TRYING_OUT);
        assertThat(names).isEqualTo(expected);
    }

    @Test
    void theDefaultsOfTheParametersAreThoseOfTheSettings() {
        Map<String, String> environment = new HashMap<>();
        environment().forEach((name, value) -> {
            if (value instanceof Map<?, ?> reference && reference.get("Ref") instanceof String parameter) {
                environment.put(name, String.valueOf(template.at("Parameters", parameter, "Default")));
            }
        });
        environment.put("DASSANA_TOKEN", "token-1");
        assertThat(environment).hasSizeGreaterThan(8);
        assertThat(Settings.from(environment)).isEqualTo(Settings.from(Map.of("DASSANA_TOKEN", "token-1")));
    }

    @Test
    void theFirstThreeParametersAreLabelledAsUsersKnowThem() {
        List<Object> groups = list(template.at("Metadata", "AWS::CloudFormation::Interface", "ParameterGroups"));
        List<Object> first = list(map(groups.get(0)).get("Parameters"));
        Map<String, Object> labels = map(template.at("Metadata", "AWS::CloudFormation::Interface", "ParameterLabels"));
        assertThat(first.subList(0, 3).stream()
                        .map(name -> map(labels.get(name)).get("default")))
                .containsExactly("Dassana App ID", "Dassana Endpoint", "Dassana Token");
        List<Object> grouped = new ArrayList<>();
        groups.forEach(group -> grouped.addAll(list(map(group).get("Parameters"))));
        assertThat(grouped)
                .hasSameElementsAs(template.section("Parameters").keySet())
                .doesNotHaveDuplicates();
        assertThat(labels.keySet()).isEqualTo(template.section("Parameters").keySet());
    }

    @Test
    void everyTextParameterHasAPatternOrAChoice() {
        template.section("Parameters").forEach((name, parameter) -> {
            if (map(parameter).get("Type").equals("String")) {
                assertThat(map(parameter))
                        .as(name)
                        .containsAnyOf(
                                Map.entry("AllowedValues", map(parameter).getOrDefault("AllowedValues", "")),
                                Map.entry("AllowedPattern", map(parameter).getOrDefault("AllowedPattern", "")));
            }
            assertThat(map(parameter)).as(name).containsKey("Description");
        });
    }

    @Test
    void c1TheTokenIsNotEchoedAndExactlyOneSourceIsAsked() {
        assertThat(template.at("Parameters", "DassanaToken", "NoEcho")).isEqualTo(true);
        assertThat(template.section("Rules")).containsKey("ExactlyOneTokenSource");
        assertThat(environment()).doesNotContainKey("DASSANA_TOKEN");
        assertThat(template.properties("TokenSecret")).containsEntry("SecretString", Map.of("Ref", "DassanaToken"));
        List<Object> uses = new ArrayList<>();
        Template.visit(template.section("Resources"), node -> {
            if (Map.of("Ref", "DassanaToken").equals(node)) {
                uses.add(node);
            }
        });
        assertThat(uses).hasSize(1);
    }

    @Test
    void l12TheQueueOutlastsTheFunctionAndThePoisonGoesToTheDeadLetterQueue() {
        Map<String, Object> queue = template.properties("Queue");
        Map<String, Object> deadLetters = template.properties("DeadLetterQueue");
        assertThat((Long) queue.get("VisibilityTimeout"))
                .isEqualTo(720L)
                .isGreaterThanOrEqualTo(6 * (Long) function.get("Timeout"));
        assertThat((Long) map(queue.get("RedrivePolicy")).get("maxReceiveCount"))
                .isGreaterThanOrEqualTo(5);
        assertThat(map(queue.get("RedrivePolicy")).get("deadLetterTargetArn"))
                .isEqualTo(Map.of("Fn::GetAtt", "DeadLetterQueue.Arn"));
        assertThat(queue).containsEntry("MessageRetentionPeriod", 345_600L);
        assertThat((Long) deadLetters.get("MessageRetentionPeriod"))
                .isEqualTo(1_209_600L)
                .isGreaterThan((Long) queue.get("MessageRetentionPeriod"));
    }

    @Test
    void noNameIsMadeOfTheStacksNameThatCouldBecomeTooLong() {
        template.resources("AWS::SQS::Queue")
                .forEach((name, queue) ->
                        assertThat(map(queue.get("Properties"))).as(name).doesNotContainKey("QueueName"));
        Map<String, Integer> longest = Map.of("LogGroupName", 512, "Description", 256);
        Template.visit(template.section("Resources"), node -> {
            if (node instanceof Map<?, ?> m) {
                m.forEach((property, value) -> {
                    if (value instanceof Map<?, ?> sub
                            && String.valueOf(sub.get("Fn::Sub")).contains("${AWS::StackName}")
                            && !property.equals("Resource")) {
                        assertThat(longest).containsKey((String) property);
                        assertThat(String.valueOf(sub.get("Fn::Sub")).length() + 128)
                                .isLessThanOrEqualTo(longest.get(property));
                    }
                });
            }
        });
    }

    @Test
    void queuesAreEncryptedSoThatS3CanWriteToThemAndTakeNothingWithoutTls() {
        Map<String, Map<String, Object>> queues = template.resources("AWS::SQS::Queue");
        assertThat(queues).hasSize(2);
        queues.values()
                .forEach(queue -> assertThat(map(queue.get("Properties")))
                        .containsEntry("SqsManagedSseEnabled", true)
                        .doesNotContainKey("KmsMasterKeyId"));
        Set<Object> closed = new HashSet<>();
        template.statements().stream()
                .filter(s -> s.get("Effect").equals("Deny"))
                .filter(s -> s.get("Condition").equals(Map.of("Bool", Map.of("aws:SecureTransport", "false"))))
                .forEach(s -> closed.add(s.get("Resource")));
        assertThat(closed)
                .containsExactlyInAnyOrder(
                        Map.of("Fn::GetAtt", "Queue.Arn"), Map.of("Fn::GetAtt", "DeadLetterQueue.Arn"));
    }

    @Test
    void l9TheQueueHandsOverOneMessageAtATimeAndTakesPartialAnswers() {
        assertThat(template.properties("QueueMapping"))
                .containsEntry("BatchSize", 1L)
                .doesNotContainKey("MaximumBatchingWindowInSeconds")
                .containsEntry("FunctionResponseTypes", List.of("ReportBatchItemFailures"))
                .containsEntry("ScalingConfig", Map.of("MaximumConcurrency", Map.of("Ref", "MaximumConcurrency")));
    }

    @Test
    void eventsThatFailWithoutAQueueAreKept() {
        assertThat(map(map(map(function.get("EventInvokeConfig")).get("DestinationConfig"))
                                .get("OnFailure"))
                        .get("Destination"))
                .isEqualTo(Map.of("Fn::GetAtt", "DeadLetterQueue.Arn"));
        assertThat(template.resources("AWS::Lambda::EventInvokeConfig")).isEmpty();
    }

    @Test
    void noStatementAllowsEverything() {
        List<Map<String, Object>> allowed = template.statements().stream()
                .filter(s -> s.get("Effect").equals("Allow"))
                .toList();
        assertThat(allowed).hasSizeGreaterThan(10).allSatisfy(statement -> {
            assertThat(statement.get("Principal")).isNotEqualTo("*");
            assertThat(String.valueOf(statement.get("Action"))).doesNotContain("*");
            assertThat(String.valueOf(statement.getOrDefault("Resource", "")))
                    .isNotEqualTo("*")
                    .doesNotContain("[*", " *", ":::*");
        });
        assertThat(allowed.stream()
                        .filter(s -> String.valueOf(s.get("Action")).contains("s3:GetObject"))
                        .findFirst())
                .hasValueSatisfying(s -> assertThat(s.get("Resource"))
                        .isEqualTo(Map.of("Fn::Sub", "arn:${AWS::Partition}:s3:::${LogBucketName}/${LogPrefix}*")));
    }

    @Test
    void everyAlarmWatchesAMetricThatIsWritten() {
        Map<String, Map<String, Object>> alarms = template.resources("AWS::CloudWatch::Alarm");
        assertThat(alarms.keySet())
                .containsExactlyInAnyOrder(
                        "DeadLetterAlarm",
                        "AgeAlarm",
                        "ErrorAlarm",
                        "MalformedAlarm",
                        "RejectedAlarm",
                        "SilenceAlarm",
                        "ThrottleAlarm",
                        "DroppedEventAlarm",
                        "LostEventAlarm",
                        "LostRuleEventAlarm",
                        "StreamAgeAlarm",
                        "TransformAlarm");
        Set<String> ours = new HashSet<>();
        Arrays.stream(Metric.values()).forEach(metric -> ours.add(metric.metricName));
        alarms.values().stream()
                .map(alarm -> map(alarm.get("Properties")))
                .filter(alarm -> !((String) alarm.get("Namespace")).startsWith("AWS/"))
                .forEach(alarm -> {
                    assertThat(alarm).containsEntry("Namespace", Metrics.NAMESPACE);
                    assertThat(ours).contains((String) alarm.get("MetricName"));
                    assertThat(map(list(alarm.get("Dimensions")).get(0))).containsEntry("Name", "FunctionName");
                });
    }

    @Test
    void theFunctionsOwnLogIsKeptAsLongAsAsked() {
        assertThat(template.properties("VPCFlowLogGroup"))
                .containsEntry("RetentionInDays", Map.of("Ref", "LogRetentionDays"));
        assertThat(map(function.get("LoggingConfig"))).containsEntry("LogGroup", Map.of("Ref", "VPCFlowLogGroup"));
    }

    @Test
    void everyReferenceNamesSomethingThatExists() {
        Set<String> known = new HashSet<>(template.section("Parameters").keySet());
        known.addAll(template.section("Resources").keySet());
        Template.visit(List.of(template.section("Resources"), template.section("Outputs")), node -> {
            if (node instanceof Map<?, ?> m && m.size() == 1 && m.get("Ref") instanceof String name) {
                assertThat(name.startsWith("AWS::") || known.contains(name.split("\\.")[0]))
                        .as(name)
                        .isTrue();
            }
            if (node instanceof Map<?, ?> m && m.get("Fn::GetAtt") instanceof String name) {
                assertThat(known).contains(name.split("\\.")[0]);
            }
        });
    }

    private static Map<String, Object> environment() {
        return map(map(function.get("Environment")).get("Variables"));
    }
}
