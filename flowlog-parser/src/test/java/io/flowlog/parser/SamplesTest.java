package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The files in {@code samples}, each with the golden transcript beside it in {@code golden}. */
class SamplesTest {
    static Path folder(String name) {
        URL url = Objects.requireNonNull(SamplesTest.class.getResource("/" + name), name + " folder");
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> everySampleReadsAsItsGoldenFileSays() throws IOException {
        List<Path> samples;
        try (Stream<Path> all = Files.list(folder("samples"))) {
            samples = all.sorted().toList();
        }
        assertThat(samples).hasSizeGreaterThan(20);
        return samples.stream()
                .map(sample -> DynamicTest.dynamicTest(sample.getFileName().toString(), () -> check(sample)));
    }

    private static void check(Path sample) throws IOException {
        List<String> golden = Files.readAllLines(folder("golden").resolve(sample.getFileName() + ".txt"));
        try (InputStream in = Files.newInputStream(sample)) {
            assertThat(Transcript.of(in, true, Transcript.STRICT)).isEqualTo(golden);
        }
        try (InputStream in = Files.newInputStream(sample)) {
            assertThat(Transcript.ofRows(in, true, Transcript.STRICT)).isEqualTo(golden);
        }
    }

    @Test
    void everyErrorNamesItsFile() {
        for (String name : List.of("truncated.log.gz", "vpc_v11_54cols.log.parquet", "big-counters.log")) {
            Path sample = folder("samples").resolve(name);
            assertThatThrownBy(() -> {
                        try (FlowLogReader reader = FlowLogReader.open(sample)) {
                            reader.forEach(flow -> {});
                        }
                    })
                    .hasMessageStartingWith(sample.toString());
        }
    }

    @Test
    void aV11RecordIsReadByItsAccessors() throws IOException {
        try (FlowLogReader reader = FlowLogReader.open(folder("samples").resolve("vpc_v11_54cols.log"))) {
            FlowLogRecord flow = Objects.requireNonNull(reader.read());
            assertThat(flow.version()).hasValue(11);
            assertThat(flow.bytes()).hasValue(4294967296L);
            assertThat(flow.tcpFlags()).hasToString("Optional[FIN|SYN|ACK]");
            assertThat(flow.trafficPath()).contains(TrafficPath.INTERNET_GATEWAY);
            assertThat(flow.pktDstAwsService()).contains("AMAZON");
            FlowLogRecord second = Objects.requireNonNull(reader.read());
            assertThat(second.interfaceId()).isEmpty();
            assertThat(second.rejectReason()).contains(RejectReason.BPA);
            assertThat(second.resourceId()).contains("nat-1234567890abcdef");
            assertThat(second.interfaceType()).contains(InterfaceType.REGIONAL_NAT_GATEWAY);
            FlowLogRecord third = Objects.requireNonNull(reader.read());
            assertThat(third.logStatus()).contains(LogStatus.NODATA);
            assertThat(third.packets()).isEmpty();
            assertThat(third.vpcId()).isPresent();
            assertThat(reader.read()).isNull();
        }
    }

    @Test
    void aTransitGatewayRecordIsReadByItsAccessors() throws IOException {
        try (FlowLogReader reader = FlowLogReader.open(folder("samples").resolve("tgw_v6_36cols.log"))) {
            FlowLogRecord flow = Objects.requireNonNull(reader.read());
            assertThat(flow.tgwId()).contains("tgw-0a12bc34de56f7890");
            assertThat(flow.tgwSrcVpcAccountId()).contains("111111111111");
            assertThat(flow.resourceType()).contains("TransitGateway");
            assertThat(flow.action()).isEmpty();
            FlowLogRecord second = Objects.requireNonNull(reader.read());
            assertThat(second.tgwDstVpcId()).isEmpty();
            assertThat(second.packetsLostNoRoute()).isPresent();
            assertThat(second.flowDirection()).contains(FlowDirection.INGRESS);
        }
    }
}
