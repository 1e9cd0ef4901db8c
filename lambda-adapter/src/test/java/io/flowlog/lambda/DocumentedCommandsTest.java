package io.flowlog.lambda;

import static io.flowlog.lambda.Template.list;
import static io.flowlog.lambda.Template.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs shell commands of the docs as they are, with bash and jq and an {@code aws} of ours that answers from files. Skipped
 * on a machine without bash or jq.
 */
class DocumentedCommandsTest {
    private static final String QUEUE = "arn:aws:sqs:eu-central-1:123456789012:flowlog-Queue-1ABC";
    private static final String OTHERS = """
            {"TopicConfigurations": [{"Id": "t", "TopicArn": "arn:aws:sns:eu-central-1:123456789012:t", "Events": ["s3:ObjectRemoved:*"]}],
             "LambdaFunctionConfigurations": [{"Id": "l", "LambdaFunctionArn": "arn:aws:lambda:eu-central-1:123456789012:function:f",
               "Events": ["s3:ObjectCreated:*"], "Filter": {"Key": {"FilterRules": [{"Name": "Prefix", "Value": "x/"}]}}}],
             "QueueConfigurations": [{"Id": "q", "QueueArn": "arn:aws:sqs:eu-central-1:123456789012:q", "Events": ["s3:ObjectTagging:*"]}]}
            """;
    private static final String AWS = """
            #!/bin/bash
            printf '%s\\n' "$*" >> calls
            case "$1 $2" in
              "s3api get-bucket-notification-configuration") cat notifications.json ;;
              "s3api put-bucket-notification-configuration") cp "${!#/#file:\\/\\/}" notifications.json ;;
              "sqs receive-message") cat messages.json ;;
              "kinesis get-shard-iterator") echo iterator-1 ;;
              "kinesis get-records") cat stream.json ;;
            esac
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void toolsAreThere() {
        assumeTrue(isOnPath("bash") && isOnPath("jq"), "bash and jq");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", OTHERS, "{\"EventBridgeConfiguration\": {}}"})
    void eventBridgeIsAddedToWhatIsThere(String before) throws Exception {
        write("notifications.json", before);
        String command = command("deploy.md", "{EventBridgeConfiguration: {}}");
        run(command);
        Map<String, Object> after = json("notifications.json");
        assertThat(after).containsAllEntriesOf(parsed(before)).containsEntry("EventBridgeConfiguration", Map.of());
        run(command);
        assertThat(json("notifications.json")).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWSLogs/",
                "AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/",
                "a+b/",
                "with space/",
                "Flußprotokolle/Zürich/",
                "per%20cent/",
                "a&b;c,d/"
            })
    void theQueueIsAddedUnderThePercentEncodedPrefix(String prefix) throws Exception {
        write("notifications.json", OTHERS);
        run(queueCommand(prefix));
        Map<String, Object> after = json("notifications.json");
        assertThat(map(list(after.get("QueueConfigurations")).get(1)))
                .isEqualTo(Map.of(
                        "Id",
                        "flowlog-Queue-1ABC",
                        "QueueArn",
                        QUEUE,
                        "Events",
                        List.of("s3:ObjectCreated:*"),
                        "Filter",
                        Map.of(
                                "Key",
                                Map.of("FilterRules", List.of(Map.of("Name", "prefix", "Value", encoded(prefix)))))));
        after.remove("QueueConfigurations");
        assertThat(parsed(OTHERS)).containsAllEntriesOf(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", OTHERS})
    void theQueueIsAddedOnceHoweverOftenTheCommandsRun(String before) throws Exception {
        write("notifications.json", before);
        run(queueCommand("old=prefix/"));
        run(queueCommand(""));
        Map<String, Object> once = json("notifications.json");
        run(queueCommand(""));
        assertThat(json("notifications.json")).isEqualTo(once);
        List<Object> queues = list(once.get("QueueConfigurations"));
        assertThat(queues).hasSize(before.contains("\"q\"") ? 2 : 1);
        assertThat(map(queues.get(queues.size() - 1)))
                .containsEntry("QueueArn", QUEUE)
                .doesNotContainKey("Filter");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"Records\":[]}` | {} | queue",
                "plain text | {} | queue",
                "[1] | {} | queue",
                "`{\"requestContext\":{},\"requestPayload\":{\"Records\":[]}}` | {} | direct event",
                "`{\"requestContext\":{},\"KinesisBatchInfo\":{\"shardId\":\"s\"}}` | {} | Kinesis stream",
                "`{\"source\":\"aws.s3\"}` | `{\"ERROR_CODE\":{\"StringValue\":\"NO_PERMISSIONS\"}}` | EventBridge rule"
            })
    void theKindOfAMessageIsPrinted(String body, String attributes, String kind) throws Exception {
        write("messages.json", messages(body, attributes));
        assertThat(run(command("operations.md", "sqs receive-message"))).isEqualTo(kind + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"Messages\": []}"})
    void anEmptyQueuePrintsNoKind(String answer) throws Exception {
        write("messages.json", answer);
        assertThat(run(command("operations.md", "sqs receive-message"))).isEmpty();
    }

    @Test
    void aDirectEventIsTakenOutOfItsRecord() throws Exception {
        String event = Events.s3("AWSLogs/a=b/Zürich.log.gz");
        write("message.json", messages("{\"requestContext\":{},\"requestPayload\":" + event + "}", "{}"));
        run(command("operations.md", "aws lambda invoke"));
        assertThat(json("event.json")).isEqualTo(parsed(event));
        assertThat(calls()).contains("--function-name flows").contains("--payload file://event.json");
    }

    @Test
    void theRecordsOfAKinesisStreamAreReadUpToTheLastThatFailed() throws Exception {
        write(
                "message.json",
                messages(
                        "{\"requestContext\":{},\"KinesisBatchInfo\":{\"shardId\":\"shardId-000000000006\","
                                + "\"startSequenceNumber\":\"99\",\"endSequenceNumber\":\"101\",\"batchSize\":2}}",
                        "{}"));
        write("stream.json", """
                {"Records":[{"SequenceNumber":"99","Data":"QQ==","PartitionKey":"p"},{"SequenceNumber":"101","Data":"Qg=="},
                 {"SequenceNumber":"102","Data":"Qw=="}],"NextShardIterator":"i","MillisBehindLatest":0}""");
        run(command("operations.md", "aws kinesis get-records"));
        assertThat(calls())
                .contains("--shard-id shardId-000000000006")
                .contains("--starting-sequence-number 99 ")
                .contains("--shard-iterator iterator-1");
        assertThat(json("event.json"))
                .isEqualTo(
                        parsed("{\"Records\":[{\"eventSource\":\"aws:kinesis\",\"kinesis\":{\"sequenceNumber\":\"99\","
                                + "\"data\":\"QQ==\"}},{\"eventSource\":\"aws:kinesis\",\"kinesis\":{\"sequenceNumber\":\"101\","
                                + "\"data\":\"Qg==\"}}]}"));
    }

    @Test
    void anEventOfTheRuleIsSentAsItIs() throws Exception {
        String event = Events.eventBridge("AWSLogs/a=b/Zürich.log.gz", "Object Created", "");
        write("message.json", messages(event, "{}"));
        run(command("operations.md", "aws sqs send-message"));
        assertThat(Files.readString(folder.resolve("body.json"))).isEqualTo(event + "\n");
        assertThat(calls()).contains("--message-body file://body.json");
    }

    @Test
    void theMessageThatWasReadIsDeleted() throws Exception {
        write("message.json", messages("{}", "{}"));
        run(command("operations.md", "aws sqs delete-message"));
        assertThat(calls()).contains("--receipt-handle AQEB+/handle==");
    }

    private static String queueCommand(String prefix) throws IOException {
        return "PREFIX='" + prefix + "'\n" + command("deploy.md", "QueueArn: $queue");
    }

    /** What the S3 User Guide ("Configuring event notifications using object key name filtering") asks for. */
    private static String encoded(String prefix) {
        return URLEncoder.encode(prefix, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    private static String messages(String body, String attributes) throws IOException {
        return new ObjectMapper()
                .writeValueAsString(Map.of(
                        "Messages",
                        List.of(Map.of(
                                "Body",
                                body,
                                "ReceiptHandle",
                                "AQEB+/handle==",
                                "MessageAttributes",
                                parsed(attributes)))));
    }

    /** The one shell block of a page that contains a text. */
    private static String command(String page, String part) throws IOException {
        Matcher block = Pattern.compile("(?s)```sh\n(.*?)```").matcher(Files.readString(Path.of("..", "docs", page)));
        List<String> found = new ArrayList<>();
        while (block.find()) {
            if (block.group(1).contains(part)) {
                found.add(block.group(1));
            }
        }
        assertThat(found).as(part).hasSize(1);
        return found.get(0);
    }

    private String run(String command) throws Exception {
        Path aws = folder.resolve("aws");
        write("aws", AWS);
        assertThat(aws.toFile().setExecutable(true)).isTrue();
        write("command.sh", """
                set -euo pipefail
                PATH="$PWD:$PATH"
                BUCKET=flow-logs
                QUEUE_ARN=%s
                QUEUE_URL=https://sqs.example.com/queue
                DEAD_LETTER_QUEUE_URL=https://sqs.example.com/dead
                FUNCTION_NAME=flows
                STREAM_ARN=arn:aws:kinesis:eu-central-1:123456789012:stream/flow-logs
                %s""".formatted(QUEUE, command));
        Process process = new ProcessBuilder("bash", "command.sh")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private String calls() throws IOException {
        return Files.readString(folder.resolve("calls"));
    }

    private Map<String, Object> json(String name) throws IOException {
        return parsed(Files.readString(folder.resolve(name)));
    }

    private static Map<String, Object> parsed(String json) throws IOException {
        return json.isEmpty() ? Map.of() : map(new ObjectMapper().readValue(json, Map.class));
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
