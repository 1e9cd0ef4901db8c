package io.flowlog.parser;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The reader against {@link NaiveReader} over files out of seeds. */
class OracleTest {
    private static final int LIMIT = 4096;
    private static final UnaryOperator<FlowLogReader.Builder> SETTINGS = builder -> builder.maxLineLength(LIMIT);

    @Test
    void saysWhatTheNaiveReaderSays() throws IOException {
        for (long seed = 0; seed < 250; seed++) {
            check(seed, (int) (seed % 90));
        }
    }

    @Test
    void saysWhatTheNaiveReaderSaysOfFilesOfManyWindows() throws IOException {
        for (long seed = 1000; seed < 1008; seed++) {
            check(seed, 1500);
        }
    }

    private static void check(long seed, int lines) throws IOException {
        byte[] data = RandomLog.text(seed, lines).getBytes(StandardCharsets.UTF_8);
        List<String> expected = NaiveReader.transcript(data, LIMIT);
        String where = "seed " + seed;
        Transcript.assertSame(Transcript.of(new ByteArrayInputStream(data), true, SETTINGS), expected, where);
        Transcript.assertSame(Transcript.ofRows(chunks(data, seed), true, SETTINGS), expected, where + ", chunks");
        Transcript.assertSame(
                Transcript.of(chunks(GzipBytes.gzip(data), seed), false, SETTINGS), expected, where + ", gzip, strict");
    }

    private static InputStream chunks(byte[] data, long seed) {
        Random random = new Random(seed);
        int[] places = random.ints(1 + data.length / 500, 0, data.length + 1).toArray();
        return SlowStream.pausingAt(data, places);
    }
}
