package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a read of the input ends, and where a window of the reader ends, makes no difference. */
class SplitTest {
    private static final String HEADER = "srcaddr bytes packets action\n";
    private static final String LINES = "10.0.0.1 1 - ACCEPT\r\n\n10.0.0.2 18446744073709551616 2 OK\n"
            + "10.0.0.3 12345678 123456789012345678 REJECT\nbytes srcaddr\n7 10.0.0.4\n 8  10.0.0.5 \n9 10.0.0.6";

    @Test
    void everySplitPoint() throws IOException {
        byte[] data = (HEADER + LINES).getBytes(StandardCharsets.UTF_8);
        List<String> expected = NaiveReader.transcript(data, 1000);
        for (int place = 0; place <= data.length; place++) {
            assertThat(Transcript.of(SlowStream.pausingAt(data, place), true, Transcript.STRICT))
                    .isEqualTo(expected);
        }
    }

    @Test
    void everyPairOfSplitPoints() throws IOException {
        byte[] data = (HEADER + LINES).getBytes(StandardCharsets.UTF_8);
        List<String> expected = NaiveReader.transcript(data, 1000);
        for (int one = 1; one < data.length; one += 2) {
            for (int two = one + 1; two < data.length; two += 3) {
                assertThat(Transcript.ofRows(SlowStream.pausingAt(data, one, two), true, Transcript.STRICT))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void everySplitPointOfGzip() throws IOException {
        byte[] text = (HEADER + LINES).getBytes(StandardCharsets.UTF_8);
        byte[] data = GzipBytes.gzip(text);
        List<String> expected = NaiveReader.transcript(text, 1000);
        for (int place = 0; place <= data.length; place++) {
            assertThat(Transcript.of(SlowStream.pausingAt(data, place), true, Transcript.STRICT))
                    .isEqualTo(expected);
        }
    }

    @Test
    void everyPlaceOfALineAtTheEdgeOfAWindow() throws IOException {
        for (int window : new int[] {8 * 1024, 32 * 1024, 64 * 1024}) {
            for (int shift = -LINES.length() - 8; shift <= 8; shift++) {
                String filler = "f".repeat(800) + " 1 2 OK\n";
                StringBuilder text = new StringBuilder(HEADER);
                while (text.length() + 2 * filler.length() < window + shift) {
                    text.append(filler);
                }
                int rest = window + shift - text.length();
                text.append("f".repeat(rest - 8)).append(" 1 2 OK\n").append(LINES);
                byte[] data = text.toString().getBytes(StandardCharsets.UTF_8);
                List<String> said = Transcript.of(new ByteArrayInputStream(data), true, Transcript.STRICT);
                Transcript.assertSame(said, NaiveReader.transcript(data, 64 * 1024), "shift " + shift);
            }
        }
    }

    @Test
    void linesAboutAsLongAsTheLimitAndTheWindow() throws IOException {
        for (int limit : new int[] {100, 8 * 1024 - 20, 32 * 1024 - 20, 32 * 1024, 64 * 1024, 100_000}) {
            StringBuilder text = new StringBuilder(HEADER);
            for (int length = limit - 3; length <= limit + 3; length++) {
                text.append("f".repeat(length - 7)).append(" 1 2 OK").append(length % 2 == 0 ? "\r\n" : "\n");
                text.append("10.0.0.1 1 2 OK\n");
            }
            byte[] data = text.toString().getBytes(StandardCharsets.UTF_8);
            List<String> expected = NaiveReader.transcript(data, limit);
            for (int chunk : new int[] {limit - 1, limit, limit + 1, 1000, Integer.MAX_VALUE}) {
                assertThat(Transcript.ofRows(SlowStream.of(data, chunk), true, builder -> builder.maxLineLength(limit)))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void theSampleOfALongLineIsTheSameAtEverySplitPoint() throws IOException {
        byte[] data = (HEADER + "abcdefghijklmnopqrstuvwxyz0123456789\r\n" + LINES).getBytes(StandardCharsets.UTF_8);
        for (int chunk = 1; chunk <= data.length; chunk++) {
            List<String> samples = new ArrayList<>();
            try (FlowLogReader reader = FlowLogReader.builder()
                    .maxLineLength(30)
                    .onMalformed(line -> samples.add(line.sample()))
                    .open(SlowStream.of(data, chunk))) {
                reader.forEach(flow -> {});
            }
            assertThat(samples).first().isEqualTo("\"abcdefghijklmnopqrstuvwxyz0123456789\"");
        }
    }
}
