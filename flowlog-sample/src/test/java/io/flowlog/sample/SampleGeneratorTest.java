package io.flowlog.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.parser.FlowLogCounts;
import io.flowlog.parser.FlowLogField;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.FlowLogRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SampleGeneratorTest {
    private static byte[] sample(SampleFormat format, long seed, long records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long bytes = new SampleGenerator(format, seed).writeRecords(out, records);
        assertThat(bytes).isEqualTo(out.size());
        return out.toByteArray();
    }

    private static List<FlowLogRecord> read(byte[] text) throws IOException {
        List<FlowLogRecord> records = new ArrayList<>();
        try (FlowLogReader reader = FlowLogReader.open(new ByteArrayInputStream(text))) {
            reader.forEach(records::add);
        }
        return records;
    }

    @ParameterizedTest
    @EnumSource
    void makesTheSameTextForASeedAndAnotherForAnother(SampleFormat format) throws IOException {
        assertThat(sample(format, 7, 2000)).isEqualTo(sample(format, 7, 2000)).isNotEqualTo(sample(format, 8, 2000));
    }

    @ParameterizedTest
    @EnumSource
    void makesRecordsThatTheParserAcceptsAsManyAsAsked(SampleFormat format) throws IOException {
        try (FlowLogReader reader = FlowLogReader.open(new ByteArrayInputStream(sample(format, 3, 5000)))) {
            while (reader.advance()) {
                assertThat(reader.row().format().columns()).isEqualTo(format.columns());
            }
            FlowLogCounts counts = reader.counts();
            assertThat(counts.records()).isEqualTo(5000);
            assertThat(counts.headers()).isEqualTo(1);
            assertThat(counts.lines()).isEqualTo(5001);
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopsAtTheSizeAskedForWithAWholeLine(SampleFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SampleGenerator(format, 1).writeBytes(out, 300_000);
        assertThat(out.size()).isBetween(300_000, 301_500);
        assertThat(out.toByteArray()[out.size() - 1]).isEqualTo((byte) '\n');
    }

    @ParameterizedTest
    @EnumSource
    void hasOnlyColumnsThatAwsDocuments(SampleFormat format) {
        assertThat(format.columns())
                .allSatisfy(name -> assertThat(FlowLogField.of(name)).as(name).isPresent());
        assertThat(format.columns())
                .hasSize(Map.of(SampleFormat.V2, 14, SampleFormat.V5, 29, SampleFormat.V11, 54, SampleFormat.TGW, 36)
                        .get(format));
    }

    @Test
    void looksLikeAVpc() throws IOException {
        Map<String, Integer> statuses = new HashMap<>();
        Map<String, String> addressOfInterface = new HashMap<>();
        Map<String, Integer> perInterface = new HashMap<>();
        Set<Long> protocols = new HashSet<>();
        int rejected = 0;
        int ipv6 = 0;
        List<FlowLogRecord> records = read(sample(SampleFormat.V5, 1, 20_000));
        for (FlowLogRecord record : records) {
            statuses.merge(record.get("log-status").orElseThrow(), 1, Integer::sum);
            assertThat(record.end().orElseThrow())
                    .isBetween(record.start().orElseThrow(), record.start().orElseThrow() + 60);
            if (record.get("action").isEmpty()) {
                assertThat(record.bytes()).isEmpty();
                continue;
            }
            String own = record.get(record.get("flow-direction").orElseThrow().equals("egress") ? "srcaddr" : "dstaddr")
                    .orElseThrow();
            perInterface.merge(record.interfaceId().orElseThrow(), 1, Integer::sum);
            protocols.add(record.protocol().orElseThrow() + 0L);
            rejected += record.get("action").orElseThrow().equals("REJECT") ? 1 : 0;
            if (own.contains(":")) {
                ipv6++;
                assertThat(record.get("type")).contains("IPv6");
            } else {
                assertThat(own).startsWith("10.20.");
                assertThat(addressOfInterface.merge(record.interfaceId().orElseThrow(), own, (a, b) -> b))
                        .isEqualTo(own);
            }
        }
        assertThat(statuses).containsOnlyKeys("OK", "NODATA", "SKIPDATA");
        assertThat(perInterface).hasSizeGreaterThan(300);
        assertThat(perInterface.values()).anyMatch(count -> count > 300);
        assertThat(protocols).contains(1L, 6L, 17L, 58L);
        assertThat(rejected).isBetween(400, 4000);
        assertThat(ipv6).isBetween(300, 4000);
    }

    @ParameterizedTest
    @CsvSource({"V2, 0.18, 0.26", "V5, 0.15, 0.21", "V11, 0.10, 0.20", "TGW, 0.08, 0.18"})
    void compressesAsRealFlowLogsDo(SampleFormat format, double least, double most) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SampleGenerator(format, 5).writeBytes(out, 4_000_000);
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(out.toByteArray());
        deflater.finish();
        long compressed = 0;
        byte[] block = new byte[1 << 16];
        while (!deflater.finished()) {
            compressed += deflater.deflate(block);
        }
        deflater.end();
        assertThat((double) compressed / out.size()).isBetween(least, most);
    }

    @Test
    void makesLargeFilesWithoutKeepingThem() throws IOException {
        OutputStream nowhere = OutputStream.nullOutputStream();
        assertThat(new SampleGenerator(SampleFormat.V2, 1).writeBytes(nowhere, 100_000_000))
                .isGreaterThanOrEqualTo(100_000_000);
    }
}
