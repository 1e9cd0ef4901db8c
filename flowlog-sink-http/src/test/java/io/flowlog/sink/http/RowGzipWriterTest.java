package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.parser.FlowLogReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowGzipWriterTest {
    private static final SourceId SOURCE = SourceId.named("rows");

    private static List<Batch> batches(String text, String idField, Compression compression, long bytes)
            throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        try (FlowLogReader reader =
                        FlowLogReader.builder().maxLineLength(4 << 20).open(new ByteArrayInputStream(utf8));
                BatchBuilder builder = new BatchBuilder(SOURCE, idField, compression, bytes, Integer.MAX_VALUE)) {
            return Batches.of(reader, builder);
        }
    }

    private static byte[] gunzip(byte[] body) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        }
    }

    /** Every body inflates to what the same batch is without compression, and is the same when made again. */
    private static void assertRoundTrip(String text, String idField, long bytes) throws IOException {
        List<Batch> plain = batches(text, idField, Compression.NONE, bytes);
        List<Batch> gzip = batches(text, idField, Compression.GZIP, bytes);
        List<Batch> again = batches(text, idField, Compression.GZIP, bytes);
        assertThat(gzip).hasSameSizeAs(plain).isNotEmpty();
        for (int i = 0; i < plain.size(); i++) {
            assertThat(gunzip(gzip.get(i).body())).isEqualTo(plain.get(i).body());
            assertThat(gzip.get(i).key()).isEqualTo(plain.get(i).key());
            assertThat(again.get(i).body()).isEqualTo(gzip.get(i).body());
            if (plain.get(i).records() > 1) {
                for (int half = 0; half < 2; half++) {
                    assertThat(gunzip(gzip.get(i).halves().get(half).body()))
                            .isEqualTo(plain.get(i).halves().get(half).body());
                }
            }
        }
    }

    private static String word(Random random) {
        String[] words = {
            "-",
            "10.0.0." + random.nextInt(30),
            "eni-" + Long.toHexString(random.nextLong()),
            "ACCEPT",
            "a\"b\\c",
            "é",
            "arn:aws:ecs:us-east-1:123456789012:task/c/" + Integer.toHexString(random.nextInt(20)),
            "x",
            "\u0001"
        };
        return words[random.nextInt(words.length)];
    }

    private static String log(int columns, int rows, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("version");
        for (int column = 1; column < columns; column++) {
            text.append(" column").append(column);
        }
        String[] before = new String[columns];
        for (int row = 0; row < rows; row++) {
            text.append("\n2");
            for (int column = 1; column < columns; column++) {
                String word = row > 0 && random.nextInt(3) > 0 ? before[column] : word(random);
                before[column] = word;
                text.append(' ').append(word);
            }
        }
        return text.append('\n').toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 14, 29, 54, 300})
    void anyNumberOfColumnsInflatesToTheSameJson(int columns) throws IOException {
        for (long seed = 0; seed < 5; seed++) {
            String text = log(columns, 2000 / columns + 3, seed);
            assertRoundTrip(text, "", 5 << 20);
            assertRoundTrip(text, "id", 10_000);
            assertRoundTrip(text, "id", 1);
        }
    }

    @Test
    void bodiesOfManyBlocksInflateToTheSameJson() throws IOException {
        assertRoundTrip(log(14, 20_000, 7), "id", 3 << 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {257, 32_767, 32_768, 32_769, 70_000, 1_000_000})
    void valuesLongerThanTheWindowInflateToTheSameJson(int length) throws IOException {
        Random random = new Random(length);
        StringBuilder value = new StringBuilder();
        while (value.length() < length) {
            value.append((char) ('!' + random.nextInt(90)));
        }
        String rows = "\n2 " + value + " x\n2 " + value + " y\n2 " + "z".repeat(length) + " y\n2 a y";
        assertRoundTrip("version column1 column2" + rows.repeat(3) + "\n", "", 64 << 20);
    }

    @Test
    void namesLongerThanAPartCanSayInflateToTheSameJson() throws IOException {
        String name = "n".repeat(70_000);
        assertRoundTrip("version " + name + "\n2 a\n2 a\n2 b\n", "", 64 << 20);
    }

    @Test
    void bytesWithoutPartsInflateToTheSame() throws IOException {
        Random random = new Random(1);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        CRC32 crc = new CRC32();
        try (RowGzipWriter writer = new RowGzipWriter()) {
            for (int body = 0; body < 3; body++) {
                for (int block = 0; block < 10; block++) {
                    byte[] bytes = new byte[random.nextInt(100_000)];
                    random.nextBytes(bytes);
                    writer.write(bytes, 0, bytes.length);
                    all.write(bytes);
                    crc.update(bytes);
                }
                byte[] made = writer.finish((int) crc.getValue(), all.size());
                assertThat(gunzip(made)).isEqualTo(all.toByteArray());
                all.reset();
                crc.reset();
            }
        }
    }

    @Test
    void wrongPartsCostSizeAndNothingElse() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            byte[] bytes = "{\"a\":\"10.0.0.1\",\"b\":5}\n"
                    .repeat(1 + random.nextInt(200))
                    .getBytes(StandardCharsets.US_ASCII);
            LineParts parts = new LineParts();
            for (int at = 0; at < bytes.length; at += random.nextInt(60)) {
                parts.reserve(1);
                parts.parts[parts.count++] = LineParts.part(random.nextInt(70_000), at, random.nextInt(40));
            }
            CRC32 crc = new CRC32();
            crc.update(bytes);
            try (RowGzipWriter writer = new RowGzipWriter()) {
                writer.write(bytes, bytes.length, parts, parts.count);
                assertThat(gunzip(writer.finish((int) crc.getValue(), bytes.length)))
                        .isEqualTo(bytes);
            }
        }
    }

    /** Conversations between a few hundred interfaces and addresses, as a busy network's log has them. */
    private static String traffic(int rows) {
        Random random = new Random(11);
        String[] interfaces = new String[200];
        String[] addresses = new String[interfaces.length];
        for (int i = 0; i < interfaces.length; i++) {
            interfaces[i] = String.format("eni-%017x", random.nextLong() >>> 4);
            addresses[i] = "10.20." + random.nextInt(8) + "." + random.nextInt(256);
        }
        StringBuilder text = new StringBuilder(FlowLogs.HEADER);
        for (int row = 0; row < rows; row++) {
            int from = random.nextInt(interfaces.length);
            int to = random.nextInt(interfaces.length);
            int start = 1_773_740_000 + row / 200 + random.nextInt(60);
            boolean request = random.nextBoolean();
            String ports = request ? 1024 + random.nextInt(60_000) + " 443" : "443 " + (1024 + random.nextInt(60_000));
            text.append("2 123456789012 " + interfaces[from] + " " + addresses[from] + " " + addresses[to] + " " + ports
                    + " 6 " + (1 + random.nextInt(40)) + " " + random.nextInt(50_000) + " " + start + " "
                    + (start + random.nextInt(60)) + (random.nextInt(9) == 0 ? " REJECT" : " ACCEPT") + " OK\n");
        }
        return text.toString();
    }

    @Test
    void trafficIsSmallerThanAtLevelSixOfTheJdk() throws IOException {
        int own = batches(traffic(20_000), "", Compression.GZIP, 9 << 20).get(0).body().length;
        int jdk = batches(traffic(20_000), "", Compression.GZIP_JDK, 9 << 20)
                .get(0)
                .body()
                .length;
        assertThat(own).isLessThan(jdk);
    }

    @Test
    void theProgramGzipFindsNoFault(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("body.gz");
        Files.write(
                file,
                batches(log(14, 5000, 2), "id", Compression.GZIP, 5 << 20)
                        .get(0)
                        .body());
        Process gzip = new ProcessBuilder("gzip", "-t", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(gzip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(gzip.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
    }
}
