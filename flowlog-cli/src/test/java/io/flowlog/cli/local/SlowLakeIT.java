package io.flowlog.cli.local;

import static io.flowlog.cli.local.FaultyWorld.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.testing.Samples;
import io.flowlog.s3.S3ObjectStream;
import io.flowlog.s3.testing.Fault;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sink.http.testing.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lake that is slower than S3's patience, against the deployable jar in its own JVM. */
@Timeout(180)
class SlowLakeIT {
    private static final Duration PATIENCE = Duration.ofMillis(100);

    /** A permit whenever the lake has been slower than S3's patience. */
    private final Semaphore slow = new Semaphore(0);

    private FaultyWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new FaultyWorld(Script.ok());
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
    }

    @Test
    void s14DeliversALargeObjectThoughS3ResetsTheConnectionWheneverTheLakeIsSlow() throws Exception {
        int records = 200_000;
        String event = world.put("k", Samples.text(SampleFormat.V2, records));
        world.s3.failing(
                BUCKET,
                "k",
                Collections.nCopies(100, Fault.resetAfter(S3ObjectStream.READ_AHEAD + 500_000, slow))
                        .toArray(Fault[]::new));
        world.settings.put("DASSANA_BATCH_SIZE", "10");
        world.settings.put("FLOWLOG_MAX_IN_FLIGHT", "1");
        world.lakeDoes((request, connection) -> {
            connection.awaitHangUp(PATIENCE);
            slow.release();
            connection.awaitHangUp(PATIENCE);
            connection.answer(200, Script.docCount(request));
        });
        RuntimeApiServer.InvocationResult outcome = world.invoke(event, Duration.ofSeconds(120));
        assertThat(outcome.succeeded()).as(outcome.body()).isTrue();
        assertThat(world.s3.requests()).as("the first and those after resets").hasSizeGreaterThan(2);
        assertThat(world.received()).hasSize(records);
        assertThat(world.log()).contains("\"acknowledged\":" + records, "\"retries\":0");
    }

    @Test
    void c9ASmallHeapThatIsAcceptedDeliversThroughEveryLaneToALakeThatHalves() throws Exception {
        world.jvmOptions.addAll(List.of("-Xmx84m", "-XX:+ExitOnOutOfMemoryError"));
        byte[] text = Samples.text(SampleFormat.V2, 80_000);
        Map<String, String> messages = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            messages.put("m" + i, world.put("k" + i, text));
        }
        world.lakeDoes((request, connection) -> {
            boolean tooLarge = request.lines().size() > 10_000;
            connection.awaitHangUp(Duration.ofMillis(300));
            connection.answer(tooLarge ? 413 : 200, tooLarge ? "" : Script.docCount(request));
        });
        assertThat(world.invokeMessages(messages, Duration.ofSeconds(120)))
                .as(world.log())
                .isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(world.log().lines().filter(line -> line.contains("object_delivered")))
                .hasSize(5);
    }
}
