package io.flowlog.lambda;

import static io.flowlog.lambda.Template.list;
import static io.flowlog.lambda.Template.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The stacks that the template makes, for each trigger and each option. */
class StackTest {
    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:topic";
    private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:lake/token-AbC123";
    private static final Set<String> ALARMS_OF_EVERY_STACK = Set.of(
            "DeadLetterAlarm",
            "ErrorAlarm",
            "MalformedAlarm",
            "RejectedAlarm",
            "SilenceAlarm",
            "ThrottleAlarm",
            "DroppedEventAlarm",
            "LostEventAlarm");

    private static Template template;

    @BeforeAll
    static void load() throws IOException {
        template = Template.load();
    }

    static Stream<Arguments> triggersAndOptions() {
        List<Map<String, Object>> options = List.of(
                Map.of(),
                Map.of("LogPrefix", "AWSLogs/aws-account-id=123456789012/"),
                Map.of("VpcSubnetIds", "subnet-1,subnet-2", "VpcSecurityGroupIds", "sg-1"),
                Map.of("BatchOperationsBucketName", "manifests"),
                Map.of("ReservedConcurrency", "30"),
                Map.of("NothingDeliveredHours", 0L),
                Map.of("AlarmTopicArn", TOPIC),
                Map.of("LogBucketOwner", Stack.ACCOUNT, "RecordIdField", "id"),
                Map.of("LogBucketKmsKeyArn", "arn:aws:kms:eu-central-1:123456789012:key/k"),
                Map.of("DassanaToken", "", "DassanaTokenSecretArn", SECRET),
                Map.of(
                        "DassanaToken", "",
                        "DassanaTokenSecretArn", SECRET,
                        "DassanaTokenSecretKmsKeyArn", "arn:aws:kms:eu-central-1:123456789012:key/k"),
                Map.of("AWS::Partition", "aws-cn"),
                Map.of("AWS::Partition", "aws-us-gov"));
        List<Arguments> all = new ArrayList<>();
        for (String trigger : List.of("EventBridge", "Queue", "Manual")) {
            options.forEach(option -> all.add(Arguments.of(trigger, option)));
        }
        all.add(Arguments.of("Queue", Map.of("TopicArn", TOPIC)));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("triggersAndOptions")
    void nothingRefersToWhatIsNotMade(String trigger, Map<String, Object> option) {
        Stack stack = stack(trigger, option);
        assertThat(stack.brokenRules()).isEmpty();
        assertThat(stack.resources().keySet())
                .containsAll(ALARMS_OF_EVERY_STACK.stream()
                        .filter(alarm -> !alarm.equals("SilenceAlarm") || !option.containsKey("NothingDeliveredHours"))
                        .toList())
                .contains("VPCFlowApp", "VPCFlowRole", "VPCFlowLogGroup", "DeadLetterQueue", "Dashboard");
    }

    @ParameterizedTest
    @MethodSource("triggersAndOptions")
    void nothingPublishedStandsBetweenTheFunctionAndItsEvents(String trigger, Map<String, Object> option) {
        Stack stack = stack(trigger, option);
        assertThat(template.resources("AWS::Lambda::Version")).isEmpty();
        assertThat(template.resources("AWS::Lambda::Alias")).isEmpty();
        assertThat(stack.resources().get("VPCFlowApp"))
                .doesNotContainKeys(
                        "SnapStart",
                        "AutoPublishAlias",
                        "ProvisionedConcurrencyConfig",
                        "DeploymentPreference",
                        "VersionDescription",
                        "PublishToLatestPublished");
        if (!trigger.equals("Manual")) {
            assertThat(stack.resources().get("QueueMapping")).containsEntry("FunctionName", "<VPCFlowApp>");
        }
        Set<Object> names = new HashSet<>();
        Template.visit(List.of(stack.resources(), stack.outputs()), node -> {
            if (node instanceof String text && text.contains("<VPCFlowApp.")) {
                names.add(text);
            }
        });
        assertThat(names).containsOnly("<VPCFlowApp.Arn>");
        assertThat(stack.outputs()).containsEntry("FunctionArn", "<VPCFlowApp.Arn>");
    }

    /** A parameter that is only in a role, or in a version of the past, would change nothing at the next event. */
    @Test
    void eachParameterThatTheDocsSayTheFunctionObeysIsInItsOwnProperties() throws IOException {
        Set<String> obeyed = new TreeSet<>();
        Matcher row = Pattern.compile("(?m)^\\| `(?:DASSANA|FLOWLOG)_[A-Z_]+` \\|[^|]*\\|([^|]*)\\|")
                .matcher(Files.readString(Path.of("..", "docs", "configuration.md")));
        while (row.find()) {
            Matcher name = Pattern.compile("`([A-Za-z]+)`").matcher(row.group(1));
            while (name.find()) {
                obeyed.add(name.group(1));
            }
        }
        String operations =
                Files.readString(Path.of("..", "docs", "operations.md")).replaceAll("\\s+", " ");
        Matcher list = Pattern.compile("The next event uses the new value of ([^.]+)\\.")
                .matcher(operations);
        assertThat(list.find()).isTrue();
        Matcher name = Pattern.compile("`([A-Za-z]+)`").matcher(list.group(1));
        while (name.find()) {
            obeyed.add(name.group(1));
        }
        assertThat(obeyed)
                .hasSizeGreaterThan(14)
                .contains("DassanaEndpoint", "MemorySize", "DassanaTokenSecretArn", "Runtime");
        Set<String> used = new HashSet<>();
        Template.visit(template.properties("VPCFlowApp"), node -> {
            if (node instanceof Map<?, ?> m && m.get("Ref") instanceof String parameter) {
                used.add(parameter);
                used.add(parameter.equals("TokenSecret") ? "DassanaToken" : parameter);
            }
        });
        assertThat(used).containsAll(obeyed);
    }

    @ParameterizedTest
    @CsvSource({
        "DassanaEndpoint, https://lake.example.com/x, DASSANA_ENDPOINT",
        "DassanaAppId, other, DASSANA_APP_ID",
        "BatchSizeMiB, 7, DASSANA_BATCH_SIZE",
        "MaxInFlight, 9, FLOWLOG_MAX_IN_FLIGHT",
        "TokenHeader, x-other, FLOWLOG_TOKEN_HEADER"
    })
    void aChangedParameterChangesTheFunction(String parameter, String value, String variable) {
        Stack stack = stack("EventBridge", Map.of(parameter, value));
        assertThat(map(map(stack.resources().get("VPCFlowApp").get("Environment"))
                        .get("Variables")))
                .containsEntry(variable, value);
    }

    @Test
    void aSecretOfOnesOwnReplacesTheStacksSecretEverywhere() {
        Stack stack = stack("Queue", Map.of("DassanaToken", "", "DassanaTokenSecretArn", SECRET));
        assertThat(stack.resources()).doesNotContainKey("TokenSecret");
        assertThat(map(map(stack.resources().get("VPCFlowApp").get("Environment"))
                        .get("Variables")))
                .containsEntry("DASSANA_TOKEN_SECRET_ARN", SECRET);
        assertThat(statement(stack, "VPCFlowRole", "ReadToken")).containsEntry("Resource", SECRET);
        assertThat(stack.outputs()).containsEntry("TokenSecretArn", SECRET);
    }

    @Test
    void aRoleForBatchOperationsIsMadeOnlyForABucketOfItsOwn() {
        Stack without = stack("EventBridge", Map.of());
        assertThat(without.resources()).doesNotContainKey("BatchOperationsRole");
        assertThat(without.outputs()).doesNotContainKey("BatchOperationsRoleArn");
        Stack with = stack("EventBridge", Map.of("BatchOperationsBucketName", "manifests"));
        assertThat(with.outputs()).containsKey("BatchOperationsRoleArn");
        assertThat(statement(with, "BatchOperationsRole", "InvokeFunction"))
                .containsEntry("Resource", "<VPCFlowApp.Arn>");
        assertThat(statement(with, "BatchOperationsRole", "ManifestsAndReports"))
                .containsEntry("Resource", "arn:aws:s3:::manifests/*");
        assertThat(stack("Queue", Map.of("BatchOperationsBucketName", "logs")).brokenRules())
                .singleElement()
                .asString()
                .contains("BatchOperationsBucketName");
    }

    @Test
    void inAVpcTheFunctionsCodeMayNotUseTheRolesNetworkPermissions() {
        Stack stack = stack("EventBridge", Map.of("VpcSubnetIds", "subnet-1", "VpcSecurityGroupIds", "sg-1"));
        assertThat(list(stack.resources().get("VPCFlowRole").get("ManagedPolicyArns")))
                .containsExactly("arn:aws:iam::aws:policy/service-role/AWSLambdaENIManagementAccess");
        assertThat(stack.resources().get("VPCFlowNetworkPolicy")).containsEntry("Roles", List.of("<VPCFlowRole>"));
        Map<String, Object> denied = statement(stack, "VPCFlowNetworkPolicy", "DenyToTheFunctionsCode");
        assertThat(denied)
                .containsEntry("Effect", "Deny")
                .containsEntry("Resource", "*")
                .containsEntry(
                        "Condition", Map.of("ArnEquals", Map.of("lambda:SourceFunctionArn", "<VPCFlowApp.Arn>")));
        // what the managed policy allows (AWS Managed Policy Reference, AWSLambdaENIManagementAccess)
        assertThat(list(denied.get("Action")))
                .contains(
                        "ec2:CreateNetworkInterface",
                        "ec2:DescribeNetworkInterfaces",
                        "ec2:DescribeSubnets",
                        "ec2:DeleteNetworkInterface",
                        "ec2:AssignPrivateIpAddresses",
                        "ec2:UnassignPrivateIpAddresses");
        Stack outside = stack("EventBridge", Map.of());
        assertThat(outside.resources()).doesNotContainKey("VPCFlowNetworkPolicy");
        assertThat(outside.resources().get("VPCFlowRole")).doesNotContainKey("ManagedPolicyArns");
    }

    @ParameterizedTest
    @CsvSource({
        "aws, console.aws.amazon.com",
        "aws-cn, console.amazonaws.cn",
        "aws-us-gov, console.amazonaws-us-gov.com"
    })
    void everyPartitionHasItsOwnArnsAndItsOwnConsole(String partition, String console) {
        Stack stack = stack(
                "EventBridge",
                Map.of(
                        "AWS::Partition", partition,
                        "VpcSubnetIds", "subnet-1",
                        "VpcSecurityGroupIds", "sg-1",
                        "BatchOperationsBucketName", "manifests"));
        Template.visit(stack.resources(), node -> {
            if (node instanceof String text && text.startsWith("arn:")) {
                assertThat(text).startsWith("arn:" + partition + ":");
            }
        });
        List.of("FunctionLink", "DashboardLink", "LogLink")
                .forEach(link -> assertThat((String) stack.outputs().get(link)).startsWith("https://" + console + "/"));
    }

    private static Stack stack(String trigger, Map<String, ?> option) {
        return Stack.of(template, trigger, option);
    }

    /** The statement of this Sid, in whatever policy of the resource it is. */
    private static Map<String, Object> statement(Stack stack, String resource, String sid) {
        List<Map<String, Object>> found = new ArrayList<>();
        Template.visit(stack.resources().get(resource), node -> {
            if (node instanceof Map<?, ?> m && sid.equals(m.get("Sid"))) {
                found.add(map(m));
            }
        });
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
