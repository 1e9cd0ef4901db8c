package io.flowlog.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.testing.RunsTheCommand;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What {@code flowlog sample} writes. */
class SampleCommandIT extends RunsTheCommand {
    @Test
    void makesSamplesPlainAndCompressed() throws Exception {
        Path file = directory.resolve("sample.log.gz");
        assertThat(flowlog("sample", "--format", "tgw", "--records", "7", "--seed", "9", "-o", file.toString())
                        .status())
                .isZero();
        Result plain = flowlog("sample", "--format", "tgw", "--records", "7", "--seed", "9");

        assertThat(plain.outLines()).hasSize(8);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo(plain.out());
        }
    }
}
