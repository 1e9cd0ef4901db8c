package io.flowlog.sample;

import static io.flowlog.sample.LineBuffer.ascii;
import static io.flowlog.sample.SampleNetwork.NONE;

import io.flowlog.sample.SampleNetwork.Eni;
import io.flowlog.sample.SampleNetwork.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    private static final int SCANNERS = 3;

    private static final Integer[] INTERNAL_PORTS = {
        443, 443, 443, 8080, 8080, 5432, 5432, 3306, 6379, 6379, 9092, 9200, 2049, 53, 53, 50051
    };
    private static final Integer[] SCANNED_PORTS = {
        22, 22, 22, 23, 23, 80, 443, 445, 1433, 2375, 3306, 3389, 3389, 5060, 5900, 6379, 8080, 8443, 9200
    };
    private static final byte[] BLOCKED = ascii("BPA");
    private static final byte[] ENCRYPTION = ascii("EC");

    private final SampleFormat format;
    private final SampleRandom random;
    private final SampleNetwork network;
    private final SampleFlow flow;
    private final SampleNatTraffic nat;
    private final byte[][] scanners = new byte[SCANNERS][];
    private final int[] packetCounts = new int[4096];
    private final SampleServices services;
    private long written;

    SampleTraffic(SampleFormat format, SampleRandom random) {
        this.format = format;
        this.random = random;
        this.network = new SampleNetwork(random);
        this.flow = new SampleFlow(network);
        this.nat = new SampleNatTraffic(format, random, flow);
        for (int i = 0; i < packetCounts.length; i++) {
            packetCounts[i] = (int) Math.min(4_000_000, 1 + StrictMath.exp(1.9 + 1.5 * random.gaussian()));
        }
        for (int i = 0; i < SCANNERS; i++) {
            scanners[i] = SampleNetwork.publicAddress(random);
        }
        services = new SampleServices(random);
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
        } else if (kind < 145) {
            unanswered(line, begin, most);
        } else if (kind < 165) {
            ping(line, begin, most);
        } else if (flow.eni.kind() == Kind.NAT) {
            throughNat(line, begin, most);
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
        boolean busy = random.chance(300);
        byte[] scanner = busy ? random.pick(scanners) : SampleNetwork.publicAddress(random);
        int probes = busy || random.chance(350) ? random.between(2, 5) : 1;
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

    /** Connections to a host that is gone, seen by whoever keeps trying; and one host inside that tries others. */
    private void unanswered(LineBuffer line, long begin, int most) throws IOException {
        boolean scan = random.chance(400);
        flow.eni = scan ? network.scanner() : flow.eni;
        int tries = random.between(1, 4);
        byte[] gone = network.goneHost(random);
        for (int i = 0; i < tries && written < most; i++) {
            Eni peer = scan ? peer(false) : null;
            between(peer, peer == null ? gone : peer.address(), NONE, true);
            flow.protocol = TCP;
            flow.srcPort = random.between(32768, 60999);
            flow.dstPort = scan ? random.pick(SCANNED_PORTS) : 5432;
            flow.tcpFlags = SYN;
            flow.trafficPath = 1;
            size(random.between(1, 3), 60, 0);
            write(line, begin);
        }
    }

    /** What an instance sends through the NAT gateway; most of it is one instance's, and goes to S3. */
    private void throughNat(LineBuffer line, long begin, int most) throws IOException {
        boolean backup = random.chance(120);
        SampleServices.Service service = backup ? services.s3() : services.any(random);
        boolean toService = backup || random.chance(500);
        byte[] address = toService ? service.address(random) : network.client(random, false);
        int packets = packetCounts[random.below(packetCounts.length)] * (backup ? 40 : 1);
        Eni inside = backup ? network.backup() : network.behindNat(random);
        written += nat.write(line, begin, most, inside, address, toService ? service.name() : NONE, packets, backup);
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
            SampleServices.Service to = services.any(random);
            converse(line, begin, most, null, to.address(random), to.name(), pathTo(to), true, 443);
        } else {
            boolean ipv6 = flow.eni.address6() != NONE && random.chance(400);
            int port = random.chance(900) ? 443 : random.chance(500) ? 80 : 123;
            int path = flow.eni.isPrivate() && !ipv6 ? 1 : 8;
            converse(line, begin, most, null, network.client(random, ipv6), NONE, path, true, port);
        }
    }

    /** The last of the private subnets has no route to the gateway endpoint: its traffic to S3 takes the NAT gateway. */
    private int pathTo(SampleServices.Service service) {
        if (service.endpoint() && !flow.eni.subnet().withoutEndpoint()) {
            return 7;
        }
        return flow.eni.isPrivate() ? 1 : 8;
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
            boolean opened = random.chance(250);
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
                int flags = whole ? opening | FIN : opened ? opening : 0;
                flow.tcpFlags = protocol == UDP ? 0 : flags | (reset && fromClient ? RST : 0);
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
        flow.within(random, begin);
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
        return new String(address, StandardCharsets.US_ASCII).indexOf(':') >= 0;
    }
}
