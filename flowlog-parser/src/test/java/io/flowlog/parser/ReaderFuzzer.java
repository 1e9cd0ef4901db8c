package io.flowlog.parser;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The fuzz target: whatever the bytes are, a reader ends with records or with an {@link IOException}, says the same whichever
 * way it is read, and says what the naive reader says. Jazzer runs it in the profile {@code fuzz}, {@link ReaderFuzzerTest}
 * over seeds in the default build.
 */
public final class ReaderFuzzer {
    private static final byte[] HEADER = "bytes srcaddr some-field\n".getBytes(StandardCharsets.UTF_8);

    private ReaderFuzzer() {}

    /** The entry point that Jazzer looks for; the first byte chooses the way, the others are the input. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        int way = data[0] & 0xff;
        byte[] rest = Arrays.copyOfRange(data, 1, data.length);
        try {
            switch (way & 3) {
                case 0 -> everyWayIsTheSame(rest, 1 + (way >> 2));
                case 1 -> everyWayIsTheSame(GzipBytes.gzip(rest), 1 + (way >> 2));
                default -> agreesWithTheNaiveReader(GzipBytes.join(HEADER, rest), 1 + (way >> 2));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void everyWayIsTheSame(byte[] input, int chunk) throws IOException {
        List<String> whole =
                Transcript.of(new ByteArrayInputStream(input), true, builder -> builder.maxLineLength(200));
        List<String> chunks =
                Transcript.ofRows(SlowStream.of(input, chunk), true, builder -> builder.maxLineLength(200));
        Transcript.assertSame(chunks, whole, "chunks of " + chunk);
    }

    private static void agreesWithTheNaiveReader(byte[] input, int chunk) throws IOException {
        List<String> naive = NaiveReader.transcript(input, 64 * 1024);
        List<String> said = Transcript.ofRows(SlowStream.of(input, chunk), true, Transcript.STRICT);
        Transcript.assertSame(said, naive, "chunks of " + chunk);
    }
}
