package io.flowlog.sample;

import static io.flowlog.sample.LineBuffer.ascii;
import static io.flowlog.sample.SampleNetwork.NONE;

import io.flowlog.sample.SampleNetwork.Eni;
import io.flowlog.sample.SampleNetwork.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The traffic of a {@link SampleNetwork}: conversations, scanners, silence. */
final class SampleTraffic implements SampleGenerator.Source {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int SYN_ACK = 18;
    private static final int SERVICE_ADDRESSES = 60;

    private static final Integer[] INTERNAL_PORTS = {
        443, 443, 443, 8080, 8080, 5432, 5432, 3306, 6379, 6379, 9092, 9200, 2049, 53, 53, 50051
    };
    private static final Integer[] SCANNED_PORTS = {
        22, 22, 22, 23, 23, 80, 443, 445, 1433, 2375, 3306, 3389, 3389, 5060, 5900, 6379, 8080, 8443, 9200
    };
    private static final byte[] BLOCKED = ascii("BPA");
    private static final byte[] ENCRYPTION = ascii("EC");

    /** An AWS service, where its addresses begin, and the traffic path to it. */
    private record Service(byte[] name, String network, int path) {}

    private static final Service[] SERVICES = {
        new Service(ascii("S3"), "52.216.", 7),
        new Service(ascii("S3"), "3.5.", 7),
        new Service(ascii("DYNAMODB"), "52.94.", 7),
        new Service(ascii("AMAZON"), "52.46.", 8),
        new Service(ascii("AMAZON"), "54.239.", 8),
        new Service(ascii("EC2"), "54.167.", 8),
        new Service(ascii("CLOUDFRONT"), "13.32.", 8),
        new Service(ascii("API_GATEWAY"), "18.213.", 8),
    };

    private final SampleFormat format;
    private final SampleRandom random;
    private final SampleNetwork network;
    private final SampleFlow flow;
    private final int[] packetCounts = new int[4096];
    private final byte[][][] serviceAddresses = new byte[SERVICES.length][SERVICE_ADDRESSES][];
    private long written;

    SampleTraffic(SampleFormat format, SampleRandom random) {
        this.format = format;
        this.random = random;
        this.network = new SampleNetwork(random);
        this.flow = new SampleFlow(network);
        for (int i = 0; i < packetCounts.length; i++) {
            packetCounts[i] = (int) Math.min(4_000_000, 1 + StrictMath.exp(1.9 + 1.5 * random.gaussian()));
        }
        for (int i = 0; i < SERVICES.length; i++) {
            for (int j = 0; j < serviceAddresses[i].length; j++) {
                serviceAddresses[i][j] =
                        ascii(SERVICES[i].network() + random.below(256) + "." + random.between(1, 254));
            }
        }
    }

    /** Writes what one popular interface has to tell about one interval: a few records. */
    @Override
    public int write(LineBuffer line, long intervalStart, int most) throws IOException {
        written = 0;
        flow.regionalNat = false;
        flow.eni = network.popularEni(random);
        long begin = intervalStart + flow.eni.phase();
        int kind = random.below(1000);
        if (kind < 22) {
            writeSilence(line, intervalStart, SampleFlow.NODATA);
            written++;
        } else if (kind < 130) {
            scan(line, begin, most);
        } else if (kind < 150) {
            ping(line, begin, most);
        } else if (kind < 560) {
            internal(line, begin, most);
        } else if (kind < 850 || !flow.eni.isPublic()) {
            outbound(line, begin, most);
        } else {
            inbound(line, begin, most);
        }
        return (int) written;
    }

    @Override
    public void writeSilence(LineBuffer line, long intervalStart, byte[] status) throws IOException {
        flow.eni = random.pick(network.enis);
        flow.start = intervalStart + flow.eni.phase();
        flow.end = flow.start + random.between(55, 60);
        flow.writeWithoutTraffic(line, format, status);
    }

    private void scan(LineBuffer line, long begin, int most) throws IOException {
        byte[] scanner = SampleNetwork.publicAddress(random);
        int probes = random.chance(350) ? random.between(2, 5) : 1;
        int port = random.pick(SCANNED_PORTS);
        int from = random.between(32768, 61000);
        for (int i = 0; i < probes && written < most; i++) {
            between(null, scanner, NONE, false);
            flow.protocol = TCP;
            flow.srcPort = from + i;
            flow.dstPort = probes == 1 ? port : random.pick(SCANNED_PORTS);
            flow.tcpFlags = SYN;
            flow.accepted = false;
            flow.rejectReason = random.chance(60) ? BLOCKED : NONE;
            size(random.chance(850) ? 1 : random.between(2, 4), random.chance(600) ? 40 : 60, 0);
            write(line, begin);
        }
    }

    private void ping(LineBuffer line, long begin, int most) throws IOException {
        boolean ipv6 = flow.eni.address6() != NONE && random.chance(300);
        Eni peer = peer(ipv6);
        int count = random.between(1, 60);
        for (int i = 0; i < 2 && written < most; i++) {
            between(peer, addressOf(peer, ipv6), NONE, i == 1);
            flow.protocol = ipv6 ? ICMPV6 : ICMP;
            flow.srcPort = 0;
            flow.dstPort = 0;
            flow.tcpFlags = 0;
            size(count, 84, 0);
            write(line, begin);
        }
    }

    private void internal(LineBuffer line, long begin, int most) throws IOException {
        boolean ipv6 = flow.eni.address6() != NONE && random.chance(350);
        Eni peer = peer(ipv6);
        int port = peer.kind() == Kind.DATABASE ? 5432 : random.pick(INTERNAL_PORTS);
        boolean client = random.chance(500);
        converse(line, begin, most, peer, addressOf(peer, ipv6), NONE, 1, client, port);
    }

    private void outbound(LineBuffer line, long begin, int most) throws IOException {
        if (random.chance(650)) {
            int service = random.below(SERVICES.length);
            byte[] address = serviceAddresses[service][random.below(SERVICE_ADDRESSES)];
            Service to = SERVICES[service];
            converse(line, begin, most, null, address, to.name(), to.path(), true, 443);
        } else {
            boolean ipv6 = flow.eni.address6() != NONE && random.chance(400);
            int port = random.chance(900) ? 443 : random.chance(500) ? 80 : 123;
            converse(line, begin, most, null, network.client(random, ipv6), NONE, 8, true, port);
        }
    }

    private void inbound(LineBuffer line, long begin, int most) throws IOException {
        boolean ipv6 = flow.eni.address6() != NONE && random.chance(300);
        converse(line, begin, most, null, network.client(random, ipv6), NONE, 8, false, random.chance(930) ? 443 : 80);
    }

    /** Some connections between two addresses, each seen in both directions. */
    private void converse(
            LineBuffer line,
            long begin,
            int most,
            @Nullable Eni peer,
            byte[] peerAddress,
            byte[] peerService,
            int path,
            boolean client,
            int port)
            throws IOException {
        if (random.chance(8)) {
            refused(line, begin, peer, peerAddress, client, port);
            return;
        }
        int connections = 1;
        while (connections < 12 && random.chance(250)) {
            connections++;
        }
        flow.regionalNat = format == SampleFormat.V11 && peer == null && client && random.chance(15);
        int protocol = port == 53 || port == 123 ? UDP : TCP;
        for (int i = 0; i < connections && written < most; i++) {
            int ephemeral = random.chance(800) ? random.between(32768, 60999) : random.between(1024, 65535);
            int packets = packetCounts[random.below(packetCounts.length)];
            boolean whole = random.chance(550);
            boolean reset = random.chance(40);
            int sizeOut = random.between(60, 420);
            int sizeIn = random.between(90, 1460);
            for (int direction = 0; direction < 2 && written < most; direction++) {
                boolean egress = (direction == 0) == client;
                boolean fromClient = direction == 0;
                between(peer, peerAddress, peerService, egress);
                flow.protocol = protocol;
                flow.srcPort = fromClient ? ephemeral : port;
                flow.dstPort = fromClient ? port : ephemeral;
                int opening = fromClient ? SYN : SYN_ACK;
                flow.tcpFlags = protocol == UDP ? 0 : (whole ? opening | FIN : 0) | (reset && fromClient ? RST : 0);
                flow.trafficPath = egress ? path : -1;
                size(fromClient ? packets : Math.max(1, packets - packets / 5), fromClient ? sizeOut : sizeIn, 52);
                write(line, begin);
                if (direction == 0 && random.chance(30)) {
                    break;
                }
            }
        }
    }

    /** A connection that a security group, a network ACL or the VPC's encryption controls stop at its first packet. */
    private void refused(LineBuffer line, long begin, @Nullable Eni peer, byte[] peerAddress, boolean client, int port)
            throws IOException {
        between(peer, peerAddress, NONE, client);
        flow.protocol = TCP;
        flow.srcPort = random.between(32768, 60999);
        flow.dstPort = port;
        flow.tcpFlags = SYN;
        flow.accepted = false;
        flow.rejectReason = random.chance(300) ? ENCRYPTION : NONE;
        size(random.between(1, 3), 60, 0);
        write(line, begin);
    }

    /** Fills in the two ends; the interface itself is the source of what goes out. */
    private void between(@Nullable Eni peer, byte[] peerAddress, byte[] peerService, boolean egress) {
        flow.ipv6 = isIpv6(peerAddress);
        byte[] own = flow.ipv6 && flow.eni.address6() != NONE ? flow.eni.address6() : flow.eni.address();
        flow.ipv6 = flow.ipv6 && flow.eni.address6() != NONE;
        flow.peer = peer;
        flow.egress = egress;
        flow.src = egress ? own : peerAddress;
        flow.dst = egress ? peerAddress : own;
        flow.pktSrc = flow.src;
        flow.pktDst = flow.dst;
        // What passes a NAT gateway on its way from an instance keeps the instance's address in the packet.
        if (flow.eni.kind() == Kind.NAT && peer == null && !flow.ipv6) {
            byte[] hidden = network.enis[(own[own.length - 1] & 15) * 5].address();
            if (egress) {
                flow.pktSrc = random.chance(500) ? hidden : own;
            } else {
                flow.pktDst = random.chance(500) ? hidden : own;
            }
        }
        flow.srcService = egress ? NONE : peerService;
        flow.dstService = egress ? peerService : NONE;
        flow.trafficPath = egress ? (peer != null ? 1 : 8) : -1;
        flow.accepted = true;
        flow.rejectReason = NONE;
    }

    private void size(int packets, int meanPacket, int spread) {
        flow.packets = packets;
        flow.bytes = (long) packets * meanPacket + (spread == 0 ? 0 : random.below(spread));
    }

    private void write(LineBuffer line, long begin) throws IOException {
        int offset = random.chance(600) ? random.below(4) : random.below(40);
        flow.start = begin + offset;
        flow.end = begin + (random.chance(650) ? random.between(56, 60) : random.between(offset, 60));
        flow.writeTo(line, format);
        written++;
    }

    private Eni peer(boolean ipv6) {
        Eni peer;
        do {
            peer = network.popularEni(random);
        } while (peer == flow.eni || (ipv6 && peer.address6() == NONE));
        return peer;
    }

    private static byte[] addressOf(Eni eni, boolean ipv6) {
        return ipv6 ? eni.address6() : eni.address();
    }

    private static boolean isIpv6(byte[] address) {
        for (byte b : address) {
            if (b == ':') {
                return true;
            }
        }
        return false;
    }
}
