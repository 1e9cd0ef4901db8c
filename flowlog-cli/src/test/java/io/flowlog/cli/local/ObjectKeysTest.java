package io.flowlog.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.testing.Samples;
import io.flowlog.s3.FlowLogObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectKeysTest {
    private static final Instant NOW = Instant.parse("2026-03-17T09:43:59Z");

    @TempDir
    private Path directory;

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    @Test
    void looksLikeAwsMadeIt() throws IOException {
        String key = ObjectKeys.of(file("x", Samples.gzip(new byte[] {1})), NOW, Set.of());

        FlowLogObjectKey parts = FlowLogObjectKey.parse(key).orElseThrow();
        assertThat(parts.accountId()).isEqualTo("123456789012");
        assertThat(parts.region()).isEqualTo("us-east-1");
        assertThat(parts.time()).isEqualTo(Instant.parse("2026-03-17T09:40:00Z"));
        assertThat(key)
                .startsWith("AWSLogs/123456789012/vpcflowlogs/us-east-1/2026/03/17/")
                .endsWith(".log.gz");
    }

    @Test
    void endsInLogWhenTheFileIsPlain() throws IOException {
        assertThat(ObjectKeys.of(file("plain.gz", new byte[] {'v'}), NOW, Set.of()))
                .endsWith(".log");
    }

    @Test
    void keepsANameThatAwsGave() throws IOException {
        String name = "210987654321_vpcflowlogs_eu-west-1_fl-0aa11bb22cc33dd44_20260105T2355Z_d2ab3f1c.log.gz";
        String key = "AWSLogs/210987654321/vpcflowlogs/eu-west-1/2026/01/05/" + name;
        Path file = file(name, new byte[] {1});

        assertThat(ObjectKeys.of(file, NOW, Set.of())).isEqualTo(key);
        assertThat(ObjectKeys.of(file, NOW, Set.of(key))).isNotEqualTo(key).endsWith(".log");
    }

    @Test
    void givesNoKeyTwice() throws IOException {
        Path file = file("a", new byte[] {1, 2, 3});
        String first = ObjectKeys.of(file, NOW, Set.of());
        String second = ObjectKeys.of(file, NOW, Set.of(first));

        assertThat(second).isNotEqualTo(first);
        assertThat(ObjectKeys.of(file, NOW, Set.of(first, second))).isNotIn(first, second);
    }
}
