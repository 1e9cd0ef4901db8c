package io.flowlog.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.sample.SampleFormat;
import io.flowlog.sample.SampleGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedSamplesTest {
    @ParameterizedTest
    @CsvSource({"V2, vpc-v2, 500", "V5, vpc-v5, 400", "V11, vpc-v11, 300", "TGW, transit-gateway, 300"})
    void areWhatTheGeneratorMakesFromItsDefaultSeed(SampleFormat format, String name, int records) throws IOException {
        String shipped;
        try (InputStream in = LocalCommand.class.getResourceAsStream("/samples/" + name + ".log.gz")) {
            assertThat(in).isNotNull();
            shipped = new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.US_ASCII);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SampleGenerator(format, SampleGenerator.DEFAULT_SEED).writeRecords(out, records);

        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo(shipped);
    }
}
