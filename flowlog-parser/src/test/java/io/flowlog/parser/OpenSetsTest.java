package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenSetsTest {
    static Stream<Function<String, Enum<?>>> sets() {
        return Stream.of(
                Action::of,
                LogStatus::of,
                FlowDirection::of,
                TrafficType::of,
                SublocationType::of,
                RejectReason::of,
                InterfaceType::of);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void aWordThatWeDoNotKnowIsUnknown(Function<String, Enum<?>> set) {
        for (String word : new String[] {"", "-", "UNKNOWN", "accept", "Ingress", "ipv4", "SOMETHING-NEW"}) {
            assertThat(set.apply(word).name()).isEqualTo("UNKNOWN");
        }
    }

    @Test
    void everyConstantIsFoundByItsText() {
        assertThat(Action.values()).allMatch(word -> Action.of(word.text()) == word);
        assertThat(LogStatus.values()).allMatch(word -> LogStatus.of(word.text()) == word);
        assertThat(FlowDirection.values()).allMatch(word -> FlowDirection.of(word.text()) == word);
        assertThat(TrafficType.values()).allMatch(word -> TrafficType.of(word.text()) == word);
        assertThat(SublocationType.values()).allMatch(word -> SublocationType.of(word.text()) == word);
        assertThat(RejectReason.values()).allMatch(word -> RejectReason.of(word.text()) == word);
        assertThat(InterfaceType.values()).allMatch(word -> InterfaceType.of(word.text()) == word);
    }

    @Test
    void theWordsAreThoseThatAwsDocuments() {
        assertThat(Action.values()).extracting(Action::text).containsExactly("ACCEPT", "REJECT", "UNKNOWN");
        assertThat(LogStatus.values())
                .extracting(LogStatus::text)
                .containsExactly("OK", "NODATA", "SKIPDATA", "UNKNOWN");
        assertThat(FlowDirection.values())
                .extracting(FlowDirection::text)
                .containsExactly("ingress", "egress", "UNKNOWN");
        assertThat(TrafficType.values())
                .extracting(TrafficType::text)
                .containsExactly("IPv4", "IPv6", "EFA", "UNKNOWN");
        assertThat(SublocationType.values())
                .extracting(SublocationType::text)
                .containsExactly("wavelength", "outpost", "localzone", "UNKNOWN");
        assertThat(RejectReason.values()).extracting(RejectReason::text).containsExactly("BPA", "EC", "UNKNOWN");
        assertThat(InterfaceType.values())
                .extracting(InterfaceType::text)
                .containsExactly(
                        "nat_gateway",
                        "network_load_balancer",
                        "regional_nat_gateway",
                        "transit_gateway",
                        "vpc_endpoint",
                        "UNKNOWN");
    }

    @ParameterizedTest
    @CsvSource({
        "1, SAME_VPC",
        "2, INTERNET_GATEWAY_OR_GATEWAY_ENDPOINT",
        "3, VIRTUAL_PRIVATE_GATEWAY",
        "4, INTRA_REGION_PEERING",
        "5, INTER_REGION_PEERING",
        "6, LOCAL_GATEWAY",
        "7, GATEWAY_ENDPOINT",
        "8, INTERNET_GATEWAY"
    })
    void trafficPathsByNumber(long code, TrafficPath path) {
        assertThat(TrafficPath.of(code)).isEqualTo(path);
        assertThat(path.code()).isEqualTo((int) code);
        assertThat(path.description()).startsWith("through ");
    }

    @ParameterizedTest
    @CsvSource({"0, NOT_ENCRYPTED", "1, NITRO", "2, APPLICATION", "3, NITRO_AND_APPLICATION"})
    void encryptionStatusByNumber(long code, EncryptionStatus status) {
        assertThat(EncryptionStatus.of(code)).isEqualTo(status);
        assertThat(status.code()).isEqualTo((int) code);
    }

    @Test
    void aNumberThatWeDoNotKnowIsUnknown() {
        for (long code : new long[] {-1, 9, 1L << 32 | 1, Long.MAX_VALUE}) {
            assertThat(TrafficPath.of(code)).isEqualTo(TrafficPath.UNKNOWN);
            assertThat(EncryptionStatus.of(code)).isEqualTo(EncryptionStatus.UNKNOWN);
        }
        assertThat(TrafficPath.of(0)).isEqualTo(TrafficPath.UNKNOWN);
        assertThat(TrafficPath.UNKNOWN.code()).isEqualTo(-1);
        assertThat(EncryptionStatus.UNKNOWN.code()).isEqualTo(-1);
    }
}
