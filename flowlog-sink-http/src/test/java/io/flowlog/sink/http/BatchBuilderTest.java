package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.parser.FlowLogReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchBuilderTest {
    private static final SourceId SOURCE_ID = SourceId.named("batches");
    private static final String SOURCE = SOURCE_ID.hex().orElseThrow();

    private static List<Batch> batches(String text, String idField, Compression compression, long bytes, int records) {
        try (FlowLogReader reader = FlowLogs.reader(text);
                BatchBuilder builder = new BatchBuilder(SOURCE_ID, idField, compression, bytes, records)) {
            List<Batch> batches = Batches.of(reader, builder);
            assertThat(builder.last()).isNull();
            return batches;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(Batch batch, Compression compression) throws IOException {
        return new String(compression.unpacked(batch.body()).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void writesTheSameKeyInCountriesWithDigitsOfTheirOwn() {
        Locale before = Locale.getDefault();
        try {
            String usual = batches(FlowLogs.text(3), "", Compression.NONE, 1 << 20, 100)
                    .get(0)
                    .key();
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(batches(FlowLogs.text(3), "", Compression.NONE, 1 << 20, 100)
                            .get(0)
                            .key())
                    .isEqualTo(usual)
                    .startsWith("v1-" + SOURCE + "-2-4-");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void closesBeforeTheRecordThatWouldPassTheBytes() {
        int line = FlowLogs.JSON.replace("76", "1000000").length() + 1;
        assertThat(batches(FlowLogs.text(7), "", Compression.GZIP, line * 3, 100))
                .extracting(Batch::range)
                .containsExactly(new LineRange(2, 4), new LineRange(5, 7), new LineRange(8, 8));
        assertThat(batches(FlowLogs.text(7), "", Compression.GZIP, line * 3 - 1, 100))
                .extracting(Batch::records)
                .containsExactly(2, 2, 2, 1);
    }

    @Test
    void closesOnTheRecordCountAndHoldsAFullBatchUntilTheNextRecord() {
        assertThat(batches(FlowLogs.text(6), "", Compression.NONE, 1 << 20, 3))
                .extracting(Batch::records)
                .containsExactly(3, 3);
        try (FlowLogReader reader = FlowLogs.records(6);
                BatchBuilder builder = new BatchBuilder(SOURCE_ID, "", Compression.GZIP, 1 << 20, 3)) {
            List<Boolean> closed = new ArrayList<>();
            while (reader.advance()) {
                closed.add(builder.add(reader.row()) != null);
            }
            assertThat(closed).containsExactly(false, false, false, true, false, false);
            assertThat(builder.openLines()).isEqualTo(new LineRange(5, 7));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRecordLargerThanABatchTravelsAlone() {
        String text = FlowLogs.text(1)
                + FlowLogs.LINE.replace("eni-01ab234c5de6f78g9", "eni-" + "x".repeat(5000))
                + FlowLogs.text(2).substring(FlowLogs.HEADER.length());
        assertThat(batches(text, "", Compression.GZIP, 1000, 100))
                .extracting(Batch::range)
                .containsExactly(new LineRange(2, 2), new LineRange(3, 3), new LineRange(4, 5));
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void keepsEveryByteThroughManyBlocks(Compression compression) throws IOException {
        String text = FlowLogs.text(5000);
        StringBuilder sent = new StringBuilder();
        for (Batch batch : batches(text, "", compression, 600_000, 100_000)) {
            String json = json(batch, compression);
            CRC32 crc = new CRC32();
            crc.update(json.getBytes(StandardCharsets.UTF_8));
            assertThat(batch.key())
                    .isEqualTo(String.format(
                            "v1-%s-%d-%d-%08x",
                            SOURCE, batch.range().first(), batch.range().last(), crc.getValue()));
            assertThat(batch.jsonBytes()).isEqualTo(json.length()).isLessThanOrEqualTo(600_000);
            assertThat(batch.records()).isEqualTo(batch.lineEnds());
            sent.append(json);
        }
        java.io.ByteArrayOutputStream expected = new java.io.ByteArrayOutputStream();
        try (NdjsonWriter writer = new NdjsonWriter(expected);
                FlowLogReader reader = FlowLogs.reader(text)) {
            while (reader.advance()) {
                writer.write(reader.row());
            }
        }
        assertThat(sent.toString().equals(expected.toString(StandardCharsets.UTF_8)))
                .isTrue();
    }

    @Test
    void makesTheSameBatchesEveryTime() {
        List<String> first = batches(FlowLogs.text(500), "id", Compression.GZIP, 9000, 1000).stream()
                .map(Batch::key)
                .toList();
        List<String> second = batches(FlowLogs.text(500), "id", Compression.GZIP, 9000, 1000).stream()
                .map(Batch::key)
                .toList();
        assertThat(second).isEqualTo(first).doesNotHaveDuplicates();
        List<String> otherSettings = batches(FlowLogs.text(500), "other", Compression.GZIP, 9000, 1000).stream()
                .map(Batch::key)
                .toList();
        assertThat(otherSettings).doesNotContainAnyElementsOf(first);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void halvesByRecordCountDownToOne(Compression compression) throws IOException {
        String text = FlowLogs.text(2) + "\n\n" + FlowLogs.text(5).substring(FlowLogs.HEADER.length());
        Batch whole = batches(text, "", compression, 1 << 20, 100).get(0);
        assertThat(whole.range()).isEqualTo(new LineRange(2, 10));
        List<Batch> halves = whole.halves();
        assertThat(halves).extracting(Batch::records).containsExactly(3, 4);
        assertThat(halves).extracting(Batch::range).containsExactly(new LineRange(2, 6), new LineRange(7, 10));
        assertThat(json(halves.get(0), compression) + json(halves.get(1), compression))
                .isEqualTo(json(whole, compression));
        List<Batch> quarters = halves.get(0).halves();
        assertThat(quarters).extracting(Batch::range).containsExactly(new LineRange(2, 2), new LineRange(3, 6));
        assertThat(quarters.get(1).halves()).extracting(Batch::records).containsExactly(1, 1);
        assertThat(quarters).extracting(Batch::lineEnds).containsExactly(1, 2);
    }

    @Test
    void countsLineEndsAtEveryOffsetAndLength() {
        byte[] bytes = "\n\u000b\n\n\u008a\t\n0\n\n\n\n\n\n\n\n\u000b\u000bx\n\n".getBytes(StandardCharsets.ISO_8859_1);
        for (int from = 0; from < bytes.length; from++) {
            for (int length = 0; length <= bytes.length - from; length++) {
                int expected = 0;
                for (int i = from; i < from + length; i++) {
                    expected += bytes[i] == '\n' ? 1 : 0;
                }
                assertThat(Newlines.count(bytes, from, length)).isEqualTo(expected);
            }
        }
    }
}
