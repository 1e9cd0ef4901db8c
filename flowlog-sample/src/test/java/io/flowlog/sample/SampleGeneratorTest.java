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
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import org.assertj.core.data.Percentage;
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

    /** "Traffic through a NAT gateway", Amazon VPC User Guide. */
    @Test
    void hasNatGatewaysAsAwsDocumentsThem() throws IOException {
        Map<String, Long> legs = new HashMap<>();
        for (FlowLogRecord record : read(sample(SampleFormat.V11, 1, 30_000))) {
            boolean nat = record.get("interface-type").equals(Optional.of("nat_gateway"));
            boolean dstDiffers = !record.get("dstaddr").equals(record.get("pkt-dstaddr"));
            boolean srcDiffers = !record.get("srcaddr").equals(record.get("pkt-srcaddr"));
            if (dstDiffers || srcDiffers) {
                assertThat(nat).isTrue();
                assertThat(dstDiffers).isNotEqualTo(srcDiffers);
                String direction = record.get("flow-direction").orElseThrow();
                assertThat(direction).isEqualTo(dstDiffers ? "ingress" : "egress");
                // The instance's own address is in the packet and in the flow; the far end is outside.
                assertThat(record.get(dstDiffers ? "srcaddr" : "dstaddr").orElseThrow())
                        .startsWith("10.20.");
                assertThat(record.get(dstDiffers ? "pkt-dstaddr" : "pkt-srcaddr")
                                .orElseThrow())
                        .doesNotStartWith("10.");
                legs.merge("instance " + direction, record.bytes().orElseThrow(), Long::sum);
            } else if (nat
                    && record.srcport().orElse(0) + record.dstport().orElse(0) > 0
                    && record.get("action").equals(Optional.of("ACCEPT"))
                    && !record.get("dstaddr").orElseThrow().startsWith("10.20.127.")) {
                String far = record.get("flow-direction").orElseThrow().equals("egress") ? "dstaddr" : "srcaddr";
                if (!record.get(far).orElseThrow().startsWith("10.20.")) {
                    legs.merge(
                            "internet " + record.get("flow-direction").orElseThrow(),
                            record.bytes().orElseThrow(),
                            Long::sum);
                }
            }
        }
        // Each byte passes twice: in on one side, out on the other. The last connection may lack a record.
        assertThat(legs.get("instance ingress")).isCloseTo(legs.get("internet egress"), Percentage.withPercentage(1));
        assertThat(legs.get("instance egress")).isCloseTo(legs.get("internet ingress"), Percentage.withPercentage(1));
    }

    @Test
    void hasWhatPeopleAskFlowLogsFor() throws IOException {
        Set<String> zones = new HashSet<>();
        Set<String> ways = new HashSet<>();
        Map<String, Set<Long>> tried = new HashMap<>();
        int unanswered = 0;
        for (FlowLogRecord record : read(sample(SampleFormat.V5, 1, 20_000))) {
            record.get("az-id").ifPresent(zones::add);
            if (record.get("pkt-dst-aws-service").equals(Optional.of("S3"))) {
                ways.add(record.get("flow-direction").orElseThrow() + " "
                        + record.get("traffic-path").orElse("-"));
            }
            if (record.get("action").equals(Optional.of("REJECT"))) {
                tried.computeIfAbsent(record.get("srcaddr").orElseThrow(), a -> new HashSet<>())
                        .add(record.dstport().orElseThrow());
            }
            boolean syn = record.get("tcp-flags").equals(Optional.of("2"));
            unanswered += syn && record.get("dstaddr").orElse("").startsWith("10.20.127.") ? 1 : 0;
        }
        assertThat(zones).hasSize(3);
        // By the gateway endpoint, by the NAT gateway as the instance and as the gateway see it.
        assertThat(ways).contains("egress 7", "egress 1", "egress 8", "ingress -");
        assertThat(tried.values()).anyMatch(ports -> ports.size() > 8);
        assertThat(unanswered).isGreaterThan(50);
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
