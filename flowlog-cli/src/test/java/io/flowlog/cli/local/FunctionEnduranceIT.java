package io.flowlog.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.testing.Samples;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sample.SampleGenerator;
import io.flowlog.sink.http.testing.Script;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Many events and large objects against the deployable jar in its own JVM; full sizes in the profile soak. */
@Timeout(600)
class FunctionEnduranceIT {
    private static final byte[] TEXT = Samples.text(SampleFormat.V2, 500);
    private static final byte[] GZIP = Samples.gzip(TEXT);

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
    @EnabledOnOs(OS.LINUX)
    void l7HundredsOfEventsLeaveNoThreadAndNoFileBehind() throws Exception {
        manyEvents(340);
    }

    @Test
    @Tag("soak")
    @EnabledOnOs(OS.LINUX)
    void l7AThousandEventsLeaveNoThreadAndNoFileBehind() throws Exception {
        manyEvents(1000);
    }

    private void manyEvents(int events) throws Exception {
        world.jvmOptions.add("-Xmx84m");
        String good = world.put("good", GZIP);
        String bad = world.put("bad", "no flow log".repeat(5000).getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 60; i++) {
            assertThat(world.invoke(bad).succeeded()).isFalse();
        }
        assertThat(world.invoke(good).succeeded()).isTrue();
        Path process = Path.of("/proc", Long.toString(world.function().process().pid()));
        int files = count(process.resolve("fd"));
        int threads = count(process.resolve("task"));
        for (int i = 0; i < events - 60; i++) {
            boolean isGood = i % 10 > 0;
            assertThat(world.invoke(isGood ? good : bad).succeeded()).isEqualTo(isGood);
        }
        assertThat(count(process.resolve("fd"))).isLessThanOrEqualTo(files + 10);
        assertThat(count(process.resolve("task"))).isLessThanOrEqualTo(threads + 10);
    }

    private static int count(Path folder) {
        File[] entries = folder.toFile().listFiles();
        return entries == null ? 0 : entries.length;
    }

    @Test
    void deliversAnObjectOfHighCompressionInFourHundredMegabytes() throws Exception {
        world.jvmOptions.add("-Xmx400m");
        deliversRepeatedLines(150_000);
    }

    @Test
    @Tag("soak")
    void deliversTenMegabytesOfRatio295InFourHundredMegabytes() throws Exception {
        world.jvmOptions.add("-Xmx400m");
        deliversRepeatedLines(26_000_000);
    }

    @Test
    @Tag("soak")
    void deliversAnObjectOfSeventyFiveMegabytesInFourHundredMegabytes() throws Exception {
        world.jvmOptions.add("-Xmx400m");
        world.lakeDoes((request, connection) -> {
            connection.answer(200, "");
            world.lake.received().clear();
        });
        int records = 5_000_000;
        Path file = Files.createTempFile("flowlog-big", ".gz");
        try {
            try (var out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
                new SampleGenerator(SampleFormat.V2, 7).writeRecords(out, records);
            }
            assertThat(Files.size(file)).isGreaterThan(75_000_000);
            RuntimeApiServer.InvocationResult outcome =
                    world.invoke(world.put("k", Files.readAllBytes(file)), Duration.ofMinutes(5));
            assertThat(outcome.succeeded()).as(outcome.body()).isTrue();
            assertThat(world.log()).contains("\"acknowledged\":" + records);
        } finally {
            Files.delete(file);
        }
    }

    private void deliversRepeatedLines(int records) throws Exception {
        world.lakeDoes((request, connection) -> {
            connection.answer(200, "");
            world.lake.received().clear();
        });
        Path file = Files.createTempFile("flowlog-repeated", ".gz");
        try {
            String line =
                    "2 123456789012 eni-01ab234c5de6f78g9 10.0.0.4 10.0.0.5 123 33298 17 1 76 1640995465 1640995493 ACCEPT OK\n";
            byte[] block = line.repeat(1000).getBytes(StandardCharsets.US_ASCII);
            try (var out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
                out.write(TEXT, 0, new String(TEXT, StandardCharsets.US_ASCII).indexOf('\n') + 1);
                for (int i = 0; i < records / 1000; i++) {
                    out.write(block);
                }
            }
            RuntimeApiServer.InvocationResult outcome =
                    world.invoke(world.put("k", Files.readAllBytes(file)), Duration.ofMinutes(5));
            assertThat(outcome.succeeded()).as(outcome.body()).isTrue();
            assertThat(world.log()).contains("\"acknowledged\":" + records);
        } finally {
            Files.delete(file);
        }
    }
}
