package io.flowlog.lambda;

import static io.flowlog.lambda.Template.list;
import static io.flowlog.lambda.Template.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stacks that read log groups, Kinesis streams and Firehose, with a bucket and without one. */
class LogEventsStackTest {
    private static final String STREAM = "arn:aws:kinesis:eu-central-1:123456789012:stream/flow-logs";
    private static final String V5 = "${version} ${vpc-id} ${srcaddr} ${dstaddr}";

    private static Template template;

    @BeforeAll
    static void load() throws IOException {
        template = Template.load();
    }

    private static Stack stack(String trigger, Map<String, ?> option) {
        return Stack.of(template, trigger, option);
    }

    private static Stack withoutBucket(Map<String, ?> option) {
        Map<String, Object> all = new HashMap<>(option);
        all.put("LogBucketName", "");
        return stack("EventBridge", all);
    }

    private static Map<String, Object> variables(Stack stack) {
        return map(map(stack.resources().get("VPCFlowApp").get("Environment")).get("Variables"));
    }

    private static List<String> sids(Stack stack) {
        List<String> sids = new ArrayList<>();
        Template.visit(stack.resources().get("VPCFlowRole"), node -> {
            if (node instanceof Map<?, ?> m && m.get("Sid") instanceof String sid) {
                sids.add(sid);
            }
        });
        return sids;
    }

    @ParameterizedTest
    @ValueSource(strings = {"EventBridge", "Queue", "Manual"})
    void aStackWithoutTheseParametersHasNothingOfIt(String trigger) {
        Stack stack = stack(trigger, Map.of());
        assertThat(stack.resources())
                .doesNotContainKeys(
                        "LogGroupPermission",
                        "LogGroupSubscription",
                        "StreamMapping",
                        "FirehosePolicy",
                        "StreamAgeAlarm",
                        "TransformAlarm");
        assertThat(variables(stack)).doesNotContainKey("FLOWLOG_FORMAT").containsKey("DASSANA_TOKEN_SECRET_ARN");
        assertThat(sids(stack)).contains("ReadFlowLogs", "ReadToken").doesNotContain("ReadStream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EventBridge", "Queue", "Manual"})
    void aLogGroupIsSubscribedWithAPermissionForItAlone(String trigger) {
        Stack stack = stack(trigger, Map.of("LogGroupName", "/vpc/flow-logs", "Format", V5));
        assertThat(stack.brokenRules()).isEmpty();
        assertThat(stack.resources().get("LogGroupPermission"))
                .containsEntry("Action", "lambda:InvokeFunction")
                .containsEntry("FunctionName", "<VPCFlowApp>")
                .containsEntry("Principal", "logs.amazonaws.com")
                .containsEntry("SourceAccount", Stack.ACCOUNT)
                .containsEntry(
                        "SourceArn", "arn:aws:logs:eu-central-1:" + Stack.ACCOUNT + ":log-group:/vpc/flow-logs:*");
        assertThat(stack.resources().get("LogGroupSubscription"))
                .containsEntry("LogGroupName", "/vpc/flow-logs")
                .containsEntry("FilterPattern", "")
                .containsEntry("DestinationArn", "<VPCFlowApp.Arn>");
        assertThat(template.at("Resources", "LogGroupSubscription", "DependsOn"))
                .isEqualTo("LogGroupPermission");
        assertThat(variables(stack)).containsEntry("FLOWLOG_FORMAT", V5);
    }

    @ParameterizedTest
    @CsvSource({
        "/vpc/flow-logs, true",
        "aws-flow_logs#1.x, true",
        "'', true",
        "/flowlog/flowlog, false",
        "/flowlog/any-stack, false",
        "arn:aws:logs:eu-central-1:123456789012:log-group:x, false"
    })
    void l21TheLogGroupIsNeverThatOfAFlowlogFunction(String name, boolean accepted) {
        assertThat(name.matches((String) template.at("Parameters", "LogGroupName", "AllowedPattern")))
                .isEqualTo(accepted);
        assertThat(template.properties("VPCFlowLogGroup"))
                .containsEntry("LogGroupName", Map.of("Fn::Sub", "/flowlog/${AWS::StackName}"));
    }

    @Test
    void l19AKinesisStreamIsReadWithPartialAnswersAndBadRecordsDoNotBlockIt() {
        Stack stack = stack("Manual", Map.of("KinesisStreamArn", STREAM, "Format", "default"));
        assertThat(stack.brokenRules()).isEmpty();
        assertThat(stack.resources().get("StreamMapping"))
                .containsEntry("EventSourceArn", STREAM)
                .containsEntry("FunctionName", "<VPCFlowApp>")
                .containsEntry("FunctionResponseTypes", List.of("ReportBatchItemFailures"))
                .containsEntry("BisectBatchOnFunctionError", true)
                .containsEntry("MaximumRetryAttempts", 100L)
                .containsEntry(
                        "DestinationConfig", Map.of("OnFailure", Map.of("Destination", "<DeadLetterQueue.Arn>")));
        assertThat(sids(stack)).contains("ReadStream", "KeepFailedEvents");
        assertThat(stack.resources().get("StreamAgeAlarm"))
                .containsEntry("MetricName", "IteratorAge")
                .containsEntry("Threshold", 900_000L);
    }

    @Test
    void theRoleOfFirehoseMayInvokeTheFunctionAndNothingElse() {
        Stack stack = stack("Manual", Map.of("FirehoseRoleName", "firehose-role", "Format", "default"));
        assertThat(stack.brokenRules()).isEmpty();
        Map<String, Object> policy = stack.resources().get("FirehosePolicy");
        assertThat(policy).containsEntry("Roles", List.of("firehose-role"));
        assertThat(list(map(policy.get("PolicyDocument")).get("Statement")))
                .singleElement()
                .isEqualTo(Map.of(
                        "Sid",
                        "InvokeFunction",
                        "Effect",
                        "Allow",
                        "Action",
                        List.of("lambda:InvokeFunction", "lambda:GetFunctionConfiguration"),
                        "Resource",
                        List.of("<VPCFlowApp.Arn>", "<VPCFlowApp.Arn>:*")));
        assertThat(stack.resources().get("TransformAlarm"))
                .containsEntry("Namespace", Metrics.NAMESPACE)
                .containsEntry("MetricName", Metrics.Metric.FAILURES.metricName);
    }

    @ParameterizedTest
    @CsvSource({"LogGroupName, /vpc/flow-logs", "KinesisStreamArn, " + STREAM, "FirehoseRoleName, firehose-role"})
    void withoutABucketTheStackHasNoQueueAndMayReadNoBucket(String parameter, String value) {
        Stack stack = withoutBucket(Map.of(parameter, value, "Format", "default"));
        assertThat(stack.brokenRules()).isEmpty();
        assertThat(stack.resources())
                .containsKeys("VPCFlowApp", "DeadLetterQueue", "TokenSecret")
                .doesNotContainKeys("Queue", "QueueMapping", "Rule", "QueuePolicy");
        assertThat(sids(stack)).doesNotContain("ReadFlowLogs", "DistinguishMissingFromForbidden");
        assertThat(withoutBucket(Map.of(parameter, value)).brokenRules())
                .containsExactly("LogGroupName, KinesisStreamArn and FirehoseRoleName require Format.");
    }

    @Test
    void somethingMustBeReadAndBatchOperationsNeedsABucket() {
        assertThat(withoutBucket(Map.of()).brokenRules())
                .containsExactly("Give LogBucketName, or one of LogGroupName, KinesisStreamArn and FirehoseRoleName.");
        Map<String, String> options =
                Map.of("LogGroupName", "/vpc/flow-logs", "Format", "default", "BatchOperationsBucketName", "manifests");
        assertThat(withoutBucket(options).brokenRules())
                .containsExactly("BatchOperationsBucketName requires LogBucketName.");
    }

    @Test
    void onlyAStackForFirehoseAloneNeedsNoToken() {
        Stack stack =
                withoutBucket(Map.of("DassanaToken", "", "FirehoseRoleName", "firehose-role", "Format", "default"));
        assertThat(stack.brokenRules()).isEmpty();
        assertThat(stack.resources()).doesNotContainKey("TokenSecret");
        assertThat(stack.outputs()).doesNotContainKey("TokenSecretArn");
        assertThat(variables(stack)).doesNotContainKey("DASSANA_TOKEN_SECRET_ARN");
        assertThat(sids(stack)).doesNotContain("ReadToken");
        for (Map<String, String> more :
                List.of(Map.of("LogGroupName", "/vpc/flow-logs"), Map.of("KinesisStreamArn", STREAM))) {
            Map<String, Object> options = new HashMap<>(more);
            options.putAll(Map.of("DassanaToken", "", "FirehoseRoleName", "r", "Format", "default"));
            assertThat(withoutBucket(options).brokenRules())
                    .containsExactly("Give either DassanaToken or DassanaTokenSecretArn, not both.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default | true",
                "version srcaddr | true",
                "${version} ${account-id} ${new-field-2} | true",
                "'' | true",
                "version,srcaddr | false",
                "Version | false",
                "'-' | false"
            })
    void aFormatHasTheCharactersOfFieldsOnly(String format, boolean accepted) {
        assertThat(format.matches((String) template.at("Parameters", "Format", "AllowedPattern")))
                .isEqualTo(accepted);
    }
}
