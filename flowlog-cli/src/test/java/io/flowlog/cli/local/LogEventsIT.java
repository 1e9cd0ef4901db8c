package io.flowlog.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.testing.Samples;
import io.flowlog.sink.http.testing.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Log events and records of Firehose, with the deployable jar in its own JVM under the real runtime client. */
@Timeout(180)
class LogEventsIT {
    private FaultyWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new FaultyWorld(Script.ok());
        world.settings.put("FLOWLOG_FORMAT", "default");
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
    }

    private static String line(int port) {
        return "2 123456789012 eni-1 10.0.0.4 10.0.0.5 " + port + " 22 6 1 76 1640995465 1640995493 ACCEPT OK";
    }

    private static String data(int... ports) {
        StringBuilder events = new StringBuilder();
        for (int port : ports) {
            events.append(events.isEmpty() ? "" : ",")
                    .append("{\"id\":\"e%d\",\"timestamp\":1,\"message\":\"%s\"}".formatted(port, line(port)));
        }
        String json =
                "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"123456789012\",\"logGroup\":\"g\",\"logStream\":\"s\","
                        + "\"subscriptionFilters\":[\"f\"],\"logEvents\":[" + events + "]}";
        return base64(Samples.gzip(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String kinesis(String number, String data) {
        return "{\"eventSource\":\"aws:kinesis\",\"eventID\":\"shardId-0:" + number
                + "\",\"kinesis\":{\"sequenceNumber\":\"" + number + "\",\"data\":\"" + data + "\"}}";
    }

    @Test
    void l18TheRecordsOfALakeThatLosesAnswersAreThereOnceById() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        world.lakeDoes((request, connection) -> {
            if (requests.incrementAndGet() % 2 == 1) {
                connection.close();
            } else {
                connection.answer(200, "{}");
            }
        });
        String event = "{\"awslogs\":{\"data\":\"" + data(1, 2, 3) + "\"}}";
        assertThat(world.invoke(event).body()).isEqualTo("null");
        assertThat(world.invoke("{\"awslogs\":{\"data\":\"" + data(2, 3, 4) + "\"}}")
                        .body())
                .isEqualTo("null");
        assertThat(world.lake.received()).hasSize(4);
        // by record id: the same log event in another batch is not another record
        assertThat(world.received()).hasSize(4);
    }

    @Test
    void l19OneBadRecordOfAKinesisBatchIsNamed() throws Exception {
        String event = "{\"Records\":["
                + String.join(
                        ",",
                        List.of(
                                kinesis("11", data(1)),
                                kinesis("12", base64("x".getBytes(StandardCharsets.UTF_8))),
                                kinesis("13", data(2))))
                + "]}";
        assertThat(world.invoke(event).body()).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"12\"}]}");
        assertThat(world.received()).hasSize(2);
    }

    @Test
    void l20FirehoseGetsEachRecordOnceWithoutATokenAndWithoutALake() throws Exception {
        world.settings.remove("DASSANA_TOKEN");
        String event =
                "{\"invocationId\":\"i\",\"deliveryStreamArn\":\"arn:aws:firehose:r:1:deliverystream/d\",\"records\":["
                        + "{\"recordId\":\"r1\",\"data\":\"" + base64(line(7).getBytes(StandardCharsets.UTF_8)) + "\"},"
                        + "{\"recordId\":\"r2\",\"data\":\"SGVsbG8gV29ybGQ=\"}]}";
        String answer = world.invoke(event).body();
        assertThat(answer)
                .startsWith("{\"records\":[{\"recordId\":\"r1\",\"result\":\"Ok\",\"data\":\"")
                .endsWith("{\"recordId\":\"r2\",\"result\":\"ProcessingFailed\",\"data\":\"SGVsbG8gV29ybGQ=\"}]}");
        String data = answer.substring(answer.indexOf("\"data\":\"") + 8, answer.indexOf("\"},{"));
        assertThat(new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8))
                .startsWith("{\"version\":2,\"account-id\":\"123456789012\",\"interface-id\":\"eni-1\"")
                .endsWith("}\n");
        assertThat(world.lake.received()).isEmpty();
    }
}
