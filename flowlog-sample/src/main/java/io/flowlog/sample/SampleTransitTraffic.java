package io.flowlog.sample;

import static io.flowlog.sample.LineBuffer.ascii;
import static io.flowlog.sample.SampleNetwork.NONE;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The traffic of a transit gateway between the VPCs of three accounts. */
final class SampleTransitTraffic implements SampleGenerator.Source {
    private static final byte[] RESOURCE = ascii("TransitGateway");
    private static final byte[] OK = ascii("OK");
    private static final byte[] IPV4 = ascii("IPv4");
    private static final byte[] IPV6 = ascii("IPv6");
    private static final byte[] INGRESS = ascii("ingress");
    private static final byte[] EGRESS = ascii("egress");
    private static final byte[] S3 = ascii("S3");
    private static final byte[] NOWHERE = ascii("172.31.9.9");
    private static final String[] ACCOUNTS = {"111111111111", "222222222222", "333333333333"};
    private static final Integer[] PORTS = {443, 443, 443, 8080, 5432, 3306, 53, 389, 445, 88, 22, 9092};

    /** A VPC's attachment with the interface of the gateway in one of its subnets. */
    private record Attachment(
            byte[] id, byte[] account, byte[] vpc, byte[] subnet, byte[] eni, byte[] azId, byte[][] hosts, int phase) {}

    private final SampleRandom random;
    private final byte[] gateway;
    private final Attachment[] attachments = new Attachment[40];
    private final byte[][] hosts6 = new byte[64][];
    private final int[] popular;
    private final int[] popularHosts;
    private final int[] packetCounts = new int[4096];

    SampleTransitTraffic(SampleRandom random) {
        this.random = random;
        gateway = ascii("tgw-0" + random.hex(16));
        long vpcs = random.next();
        for (int i = 0; i < attachments.length; i++) {
            attachments[i] = attachment(i, new SampleRandom(vpcs + i / 2));
        }
        for (int i = 0; i < hosts6.length; i++) {
            hosts6[i] = ascii("2001:db8:" + Integer.toHexString(0x1200 + i % 8) + "::" + random.hex(3));
        }
        popular = random.zipf(attachments.length, 0.5);
        popularHosts = random.zipf(250, 0.7);
        for (int i = 0; i < packetCounts.length; i++) {
            packetCounts[i] = (int) Math.min(4_000_000, 1 + StrictMath.exp(2.2 + 1.5 * random.gaussian()));
        }
    }

    /** An attachment of a VPC; the two of a VPC are drawn from the same numbers. */
    private Attachment attachment(int index, SampleRandom ofVpc) {
        int vpc = index / 2;
        byte[][] hosts = new byte[250][];
        for (int i = 0; i < hosts.length; i++) {
            hosts[i] = ascii("10." + (30 + vpc) + "." + random.below(16) + "." + random.between(4, 254));
        }
        return new Attachment(
                ascii("tgw-attach-0" + ofVpc.hex(16)),
                ascii(ACCOUNTS[vpc % 3]),
                ascii("vpc-0" + ofVpc.hex(16)),
                ascii("subnet-0" + random.hex(16)),
                ascii("eni-0" + random.hex(16)),
                ascii("use1-az" + (1 + index % 2)),
                hosts,
                random.below(60));
    }

    @Override
    public int write(LineBuffer line, long intervalStart, int most) throws IOException {
        Attachment from = attachments[popular[random.below(popular.length)]];
        long begin = intervalStart + from.phase();
        if (random.chance(15)) {
            writeSilence(line, intervalStart, SampleFlow.NODATA);
            return 1;
        }
        Attachment to;
        do {
            to = attachments[popular[random.below(popular.length)]];
        } while (Arrays.equals(to.vpc(), from.vpc()));
        boolean lost = random.chance(20);
        boolean ipv6 = !lost && random.chance(60);
        boolean s3 = !lost && !ipv6 && random.chance(30);
        byte[] source = ipv6 ? hosts6[random.below(32)] : from.hosts()[popularHosts[random.below(popularHosts.length)]];
        byte[] target = lost
                ? NOWHERE
                : ipv6
                        ? hosts6[32 + random.below(32)]
                        : s3
                                ? ascii("52.216." + random.below(32) + ".17")
                                : to.hosts()[popularHosts[random.below(popularHosts.length)]];
        int port = random.pick(PORTS);
        int connections = 1;
        while (connections < 8 && random.chance(250)) {
            connections++;
        }
        int written = 0;
        for (int i = 0; i < connections && written < most; i++) {
            int ephemeral = random.between(32768, 60999);
            int packets = packetCounts[random.below(packetCounts.length)];
            int protocol = port == 53 ? 17 : 6;
            int flags = protocol == 17 ? 0 : random.chance(500) ? 3 : 24;
            long bytes = (long) packets * random.between(60, 420) + random.below(52);
            Ends there = new Ends(from, lost ? null : to, source, target, s3);
            writeFlow(line, there, ephemeral, port, protocol, packets, bytes, begin, flags, INGRESS);
            written++;
            if (!lost && written < most) {
                long answer = (long) packets * random.between(90, 1460);
                Ends back = new Ends(to, from, target, source, s3);
                writeFlow(line, back, port, ephemeral, protocol, packets, answer, begin, flags | 16, EGRESS);
                written++;
            }
        }
        return written;
    }

    private record Ends(Attachment from, @Nullable Attachment to, byte[] source, byte[] target, boolean s3) {}

    private void writeFlow(
            LineBuffer line,
            Ends ends,
            int srcPort,
            int dstPort,
            int protocol,
            int packets,
            long bytes,
            long begin,
            int flags,
            byte[] direction)
            throws IOException {
        Attachment from = ends.from();
        Attachment to = ends.to();
        boolean egress = direction == EGRESS;
        line.column(6)
                .column(RESOURCE)
                .column(SampleNetwork.ACCOUNT)
                .column(gateway)
                .column(egress && to != null ? to.id() : from.id())
                .column(from.account())
                .column(to == null ? NONE : to.account())
                .column(from.vpc())
                .column(to == null ? NONE : to.vpc())
                .column(from.subnet())
                .column(to == null ? NONE : to.subnet())
                .column(from.eni())
                .column(to == null ? NONE : to.eni())
                .column(from.azId())
                .column(to == null ? NONE : to.azId())
                .column(to == null ? NONE : egress ? from.id() : to.id());
        int offset = random.below(6);
        line.column(ends.source())
                .column(ends.target())
                .column(srcPort)
                .column(dstPort)
                .column(protocol)
                .column(packets)
                .column(bytes)
                .column(begin + offset)
                .column(begin + random.between(50, 60))
                .column(OK)
                .column(ends.source()[4] == ':' ? IPV6 : IPV4)
                .column(to == null ? packets : 0)
                .column(0)
                .column(random.chance(5) ? 1 : 0)
                .column(0)
                .column(flags)
                .column(SampleNetwork.REGION)
                .column(direction)
                .column(ends.s3() && egress ? S3 : NONE)
                .column(ends.s3() && !egress ? S3 : NONE);
        line.endLine();
    }

    @Override
    public void writeSilence(LineBuffer line, long intervalStart, byte[] status) throws IOException {
        Attachment at = random.pick(attachments);
        long begin = intervalStart + at.phase();
        line.column(6)
                .column(RESOURCE)
                .column(SampleNetwork.ACCOUNT)
                .column(gateway)
                .column(at.id())
                .absent(18)
                .column(begin)
                .column(begin + 60)
                .column(status)
                .absent(6)
                .column(SampleNetwork.REGION)
                .absent(3);
        line.endLine();
    }
}
