package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpProtocolTest {
    @ParameterizedTest
    @CsvSource({
        "0, HOPOPT",
        "1, ICMP",
        "2, IGMP",
        "4, IPv4",
        "6, TCP",
        "17, UDP",
        "27, RDP",
        "33, DCCP",
        "41, IPv6",
        "43, IPv6-Route",
        "44, IPv6-Frag",
        "46, RSVP",
        "47, GRE",
        "50, ESP",
        "51, AH",
        "55, Min-IPv4",
        "58, IPv6-ICMP",
        "59, IPv6-NoNxt",
        "60, IPv6-Opts",
        "62, CFTP",
        "64, SAT-EXPAK",
        "69, SAT-MON",
        "88, EIGRP",
        "89, OSPFIGP",
        "94, IPIP",
        "98, ENCAP",
        "100, GMTP",
        "103, PIM",
        "108, IPComp",
        "112, VRRP",
        "113, PGM",
        "115, L2TP",
        "124, ISIS-over-IPv4",
        "132, SCTP",
        "135, Mobility-Header",
        "136, UDPLite",
        "137, MPLS-in-IP",
        "142, ROHC",
        "143, Ethernet",
        "147, BIT-EMU"
    })
    void keywordsAreThoseOfTheRegistry(long number, String keyword) {
        assertThat(IpProtocol.keyword(number)).contains(keyword);
        assertThat(IpProtocol.number(keyword)).hasValue((int) number);
        assertThat(IpProtocol.number(keyword.toLowerCase(Locale.ROOT))).hasValue((int) number);
    }

    @ParameterizedTest
    @ValueSource(longs = {61, 63, 68, 99, 114, 148, 252, 253, 254, 255, 256, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void aNumberWithoutAKeywordIsEmpty(long number) {
        assertThat(IpProtocol.keyword(number)).isEmpty();
    }

    @Test
    void everyKeywordIsFoundAgain() {
        LongStream.range(0, 256)
                .forEach(number -> IpProtocol.keyword(number)
                        .ifPresent(keyword ->
                                assertThat(IpProtocol.number(keyword)).hasValue((int) number)));
        assertThat(LongStream.range(0, 256)
                        .filter(number -> IpProtocol.keyword(number).isPresent()))
                .hasSize(148 - 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "TCPX", "6", " TCP"})
    void aKeywordThatIsNotInTheRegistryIsEmpty(String keyword) {
        assertThat(IpProtocol.number(keyword)).isEmpty();
    }
}
