package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Runs the fuzz target over inputs made from seeds. */
class BodyFuzzerTest {
    @Test
    void partsAndRepetitionsAtRandom() {
        for (long seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            byte[] data = new byte[1 + random.nextInt(1500)];
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) (random.nextInt(3) > 0 ? random.nextInt(12) : random.nextInt());
            }
            data[0] &= (byte) ~1;
            BodyFuzzer.fuzzerTestOneInput(data);
        }
    }

    @Test
    void rowsAtRandom() {
        String[] words = {
            "-", "0", "007", "10.0.0.1", "10.0.0.2", "a\"b", "\u00e9", "x", "eni-0123456789abcdef0", "9".repeat(19)
        };
        for (long seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder().append((char) (random.nextInt(64) * 2 + 1));
            for (int row = random.nextInt(60); row > 0; row--) {
                text.append(random.nextInt(100_000));
                for (int i = 0; i < 3; i++) {
                    text.append(' ').append(words[random.nextInt(words.length)]);
                }
                text.append('\n');
            }
            BodyFuzzer.fuzzerTestOneInput(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(words).isNotEmpty();
    }
}
