package io.flowlog.lambda;

import static io.flowlog.lambda.Template.list;
import static io.flowlog.lambda.Template.map;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowlog.lambda.Metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The stacks that the template makes, for each trigger and each option. */
class StackTest {
    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:topic";
    private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:lake/token-AbC123";
    private static final Map<String, String> REQUIRED = Map.of("LogBucketName", "logs", "DassanaToken", "token-1");
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
    void theRulesRefuseTwoTokensNoTokenAndATopicThatNobodyWouldRead() {
        assertThat(stack("Queue", Map.of("DassanaTokenSecretArn", SECRET)).brokenRules())
                .hasSize(1);
        assertThat(stack("Queue", Map.of("DassanaToken", "")).brokenRules()).hasSize(1);
        assertThat(stack("Manual", Map.of("TopicArn", TOPIC)).brokenRules()).hasSize(1);
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
    @ValueSource(
            strings = {
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:lake",
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:lake-AbC12",
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:lake-AbC_12",
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:-AbC123",
                "lake-AbC123"
            })
    void aSecretsArnWithoutItsSixCharactersIsRefused(String arn) {
        assertThat(arn).doesNotMatch(pattern("DassanaTokenSecretArn"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SECRET,
                "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:lake-AbC123",
                "arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:a/b_c+d=e.f@g-AbC123"
            })
    void aFullArnOfASecretIsAccepted(String arn) {
        assertThat(arn).matches(pattern("DassanaTokenSecretArn"));
    }

    @ParameterizedTest
    @CsvSource({"AWSLogs/, true", "aws-account-id=1/a+b c/ü/, true", "/AWSLogs/, false", "a*b, false", "日本, false"})
    void thePrefixIsWhatIamPoliciesCanSay(String prefix, boolean accepted) {
        assertThat(prefix.matches(pattern("LogPrefix"))).isEqualTo(accepted);
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

    @Test
    void reservedConcurrencyIsANumberOrNotThere() {
        assertThat(stack("Queue", Map.of("ReservedConcurrency", "30"))
                        .resources()
                        .get("VPCFlowApp"))
                .containsEntry("ReservedConcurrentExecutions", "30");
        assertThat(stack("Queue", Map.of()).resources().get("VPCFlowApp"))
                .doesNotContainKey("ReservedConcurrentExecutions");
        assertThat("0").doesNotMatch(pattern("ReservedConcurrency"));
    }

    @Test
    void theServerlessApplicationRepositoryAcceptsTheMetadata() throws IOException {
        Map<String, Object> metadata = map(template.at("Metadata", "AWS::ServerlessRepo::Application"));
        String pom = Files.readString(Path.of("..", "pom.xml"));
        Matcher version =
                Pattern.compile("<version>([0-9.]+)(-SNAPSHOT)?</version>").matcher(pom);
        assertThat(version.find()).isTrue();
        // the limits of serverlessrepo's CreateApplication
        assertThat((String) metadata.get("Name")).matches("[a-zA-Z0-9-]{1,140}");
        assertThat((String) metadata.get("Author")).matches("[a-z0-9](([a-z0-9]|-(?!-))*[a-z0-9])?");
        assertThat((String) metadata.get("Description")).hasSizeBetween(1, 256);
        assertThat(list(metadata.get("Labels")))
                .hasSizeBetween(1, 10)
                .allSatisfy(label -> assertThat((String) label).matches("[a-zA-Z0-9+\\-_:/@]{1,127}"));
        assertThat(metadata)
                .containsEntry("SpdxLicenseId", "Apache-2.0")
                .containsEntry("SemanticVersion", version.group(1));
        assertThat(Path.of("..", (String) metadata.get("LicenseUrl"))).isRegularFile();
        assertThat(Path.of("..", (String) metadata.get("ReadmeUrl"))).isRegularFile();
    }

    private static Stack stack(String trigger, Map<String, ?> option) {
        Map<String, Object> parameters = new HashMap<>(REQUIRED);
        parameters.put("Trigger", trigger);
        parameters.putAll(option);
        return new Stack(template, parameters);
    }

    private static String pattern(String parameter) {
        return (String) template.at("Parameters", parameter, "AllowedPattern");
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
