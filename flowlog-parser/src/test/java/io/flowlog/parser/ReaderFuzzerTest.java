package io.flowlog.parser;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the fuzz target over samples, random logs and damaged copies of both, out of seeds. */
class ReaderFuzzerTest {
    private static final byte[] ODD = " \n\r\t-0189azAZ\0\"\\{}.%\u00ff\u00ef\u001f\u008bP".getBytes(ISO_8859_1);

    @Test
    void damagedSamplesAndRandomLogs() throws IOException {
        List<byte[]> corpus = new ArrayList<>();
        try (Stream<Path> samples = Files.list(SamplesTest.folder("samples"))) {
            for (Path sample : samples.sorted().toList()) {
                corpus.add(Files.readAllBytes(sample));
            }
        }
        for (long seed = 0; seed < 40; seed++) {
            corpus.add(RandomLog.text(seed, (int) seed / 3).getBytes(UTF_8));
        }
        Random random = new Random(17);
        for (int round = 0; round < 24; round++) {
            for (byte[] data : corpus) {
                ReaderFuzzer.fuzzerTestOneInput(damage(data, random, round % 8));
            }
        }
    }

    @Test
    void wordsAndSeparatorsAtRandom() {
        String[] parts = {
            "bytes",
            "srcaddr",
            "some-field",
            "packets",
            "-",
            "--",
            "0",
            "007",
            "9223372036854775807",
            "9223372036854775808",
            "12345678",
            "123456789",
            "x",
            "\u00e9",
            " ",
            " ",
            " ",
            "  ",
            "\n",
            "\n",
            "\r\n",
            "\r",
            "\t",
            "\0",
            "bytes srcaddr some-field\n",
            "5 a b\n",
            "- - -\n"
        };
        for (long seed = 0; seed < 8_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder().append((char) random.nextInt(128));
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            ReaderFuzzer.fuzzerTestOneInput(text.toString().getBytes(UTF_8));
        }
        assertThat(parts).isNotEmpty();
    }

    private static byte[] damage(byte[] data, Random random, int times) {
        byte[] input = GzipBytes.join(new byte[] {(byte) random.nextInt(256)}, data);
        for (int i = 0; i < times && input.length > 1; i++) {
            int at = 1 + random.nextInt(input.length - 1);
            switch (random.nextInt(4)) {
                case 0 -> input[at] = ODD[random.nextInt(ODD.length)];
                case 1 -> input[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> input = GzipBytes.cut(input, at);
                default -> input = GzipBytes.join(input, GzipBytes.cut(input, at));
            }
        }
        return input;
    }
}
