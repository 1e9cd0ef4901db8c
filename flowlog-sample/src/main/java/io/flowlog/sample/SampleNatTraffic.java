package io.flowlog.sample;

import static io.flowlog.sample.SampleNetwork.NONE;

import io.flowlog.sample.SampleNetwork.Eni;
import java.io.IOException;

/**
 * Connections through a NAT gateway as its network interface sees them, on both sides and in both directions. Between an
 * instance and the gateway, the remote address of the packet differs from that of the flow. On the internet side, the
 * addresses of packet and flow are equal. Source: "Traffic through a NAT gateway" in the Amazon VPC User Guide.
 */
final class SampleNatTraffic {
    private static final int TCP = 6;
    private static final int HTTPS = 443;
    private static final int SYN_FIN = 3;
    private static final int SYN_ACK_FIN = 19;
    private static final int SAME_VPC = 1;
    private static final int INTERNET_GATEWAY = 8;

    private final SampleFormat format;
    private final SampleRandom random;
    private final SampleFlow flow;

    SampleNatTraffic(SampleFormat format, SampleRandom random, SampleFlow flow) {
        this.format = format;
        this.random = random;
        this.flow = flow;
    }

    /**
     * Writes one connection from an instance, through the flow's interface, to an address outside.
     *
     * @param upload whether most bytes leave
     * @return the number of records, at most {@code most}
     */
    int write(
            LineBuffer line,
            long begin,
            int most,
            Eni inside,
            byte[] outside,
            byte[] service,
            int packets,
            boolean upload)
            throws IOException {
        byte[] gateway = flow.eni.address();
        int port = random.between(32768, 60999);
        int gatewayPort = random.between(1024, 65535);
        int sizeOut = upload ? 1400 : random.between(60, 420);
        int sizeIn = upload ? 60 : random.between(90, 1460);
        int answers = Math.max(1, packets - packets / 5);
        flow.protocol = TCP;
        flow.ipv6 = false;
        flow.accepted = true;
        flow.rejectReason = NONE;
        for (int leg = 0; leg < 4 && leg < most; leg++) {
            boolean toOutside = leg < 2;
            boolean inner = leg == 0 || leg == 3;
            flow.egress = leg == 1 || leg == 3;
            flow.peer = inner ? inside : null;
            flow.src = toOutside ? inner ? inside.address() : gateway : inner ? gateway : outside;
            flow.dst = toOutside ? inner ? gateway : outside : inner ? inside.address() : gateway;
            flow.pktSrc = leg == 3 ? outside : flow.src;
            flow.pktDst = leg == 0 ? outside : flow.dst;
            int near = inner ? port : gatewayPort;
            flow.srcPort = toOutside ? near : HTTPS;
            flow.dstPort = toOutside ? HTTPS : near;
            flow.srcService = toOutside ? NONE : service;
            flow.dstService = toOutside ? service : NONE;
            flow.tcpFlags = toOutside ? SYN_FIN : SYN_ACK_FIN;
            flow.trafficPath = leg == 1 ? INTERNET_GATEWAY : leg == 3 ? SAME_VPC : -1;
            flow.packets = toOutside ? packets : answers;
            flow.bytes = flow.packets * (toOutside ? sizeOut : sizeIn);
            flow.within(random, begin);
            flow.writeTo(line, format);
        }
        return Math.min(4, most);
    }
}
