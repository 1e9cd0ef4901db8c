package io.flowlog.cli.local;

import static io.flowlog.cli.local.FaultyWorld.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.testing.Samples;
import io.flowlog.s3.testing.Fault;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sink.http.testing.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines whose grace is shorter than the socket timeout, against the deployable jar in its own JVM. */
@Timeout(120)
class FunctionDeadlineIT {
    private static final byte[] GZIP = Samples.gzip(Samples.text(SampleFormat.V2, 500));

    private FaultyWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new FaultyWorld(Script.ok());
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
    }

    /** The time ends in the first attempt to read from S3, which is blocked for four seconds, and in the second one. */
    @ParameterizedTest
    @ValueSource(ints = {2, 6})
    void l14EveryUnfinishedObjectHasItsLineBeforeTheAnswer(int seconds) throws Exception {
        Fault silent = (request, object, socket) -> {
            while (socket.getInputStream().read() >= 0) {
                // The client sends nothing more.
            }
        };
        Fault stalls = Fault.stallAfter(100);
        Map<String, String> messages = new LinkedHashMap<>();
        for (String key : List.of("silent", "stalled", "good")) {
            messages.put(key, world.put(key, GZIP));
        }
        world.s3.failing(BUCKET, "silent", silent, silent, silent, silent, silent, silent);
        world.s3.failing(BUCKET, "stalled", stalls, stalls, stalls, stalls, stalls, stalls);
        assertThat(world.invokeMessages(Map.of("m", messages.get("good")), Duration.ofSeconds(30)))
                .isEqualTo("{\"batchItemFailures\":[]}");
        long began = System.nanoTime();
        String answer = world.invokeMessages(messages, Duration.ofSeconds(seconds));
        // Before the blocked attempt ends; more than the promised time, for a busy machine.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(seconds + 2));
        assertThat(answer)
                .isEqualTo(
                        "{\"batchItemFailures\":[{\"itemIdentifier\":\"silent\"},{\"itemIdentifier\":\"stalled\"}]}");
        world.stop();
        for (String key : List.of("silent", "stalled")) {
            assertThat(world.log().lines().filter(line -> line.contains("\"key\":\"" + key + "\"")))
                    .as(key)
                    .singleElement()
                    .asString()
                    .contains("\"message\":\"object_failed\"", "\"level\":\"ERROR\"", "\"reason\":\"deadline\"")
                    .containsPattern("\"requestId\":\"[^\"]+\"")
                    .containsPattern("not finished before the deadline of the invocation; .*S3");
        }
    }
}
