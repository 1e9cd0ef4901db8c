package io.flowlog.sample;

import static io.flowlog.sample.LineBuffer.ascii;
import static io.flowlog.sample.SampleNetwork.NONE;

import io.flowlog.sample.SampleNetwork.Eni;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One flow as seen by one network interface, and how it is written. The object is filled again for each record. */
final class SampleFlow {
    private static final byte[] ACCEPT = ascii("ACCEPT");
    private static final byte[] REJECT = ascii("REJECT");
    private static final byte[] OK = ascii("OK");
    static final byte[] NODATA = ascii("NODATA");
    static final byte[] SKIPDATA = ascii("SKIPDATA");
    private static final byte[] IPV4 = ascii("IPv4");
    private static final byte[] IPV6 = ascii("IPv6");
    private static final byte[] INGRESS = ascii("ingress");
    private static final byte[] EGRESS = ascii("egress");
    private static final byte[] REGIONAL_NAT = ascii("regional_nat_gateway");

    private final SampleNetwork network;
    Eni eni;
    /** The interface at the other end, when it is one of ours. */
    @Nullable
    Eni peer;

    boolean egress;
    boolean ipv6;
    byte[] src = NONE;
    byte[] dst = NONE;
    byte[] pktSrc = NONE;
    byte[] pktDst = NONE;
    byte[] srcService = NONE;
    byte[] dstService = NONE;
    int srcPort;
    int dstPort;
    int protocol;
    int tcpFlags;
    /** Negative is absent. */
    int trafficPath;

    boolean accepted;
    byte[] rejectReason = NONE;
    long packets;
    long bytes;
    long start;
    long end;
    /** Seen by a regional NAT gateway, which has no network interface of the account. */
    boolean regionalNat;

    SampleFlow(SampleNetwork network) {
        this.network = network;
        this.eni = network.enis[0];
    }

    /** Sets the times of a flow in the minute that begins then. */
    void within(SampleRandom random, long begin) {
        int offset = random.chance(600) ? random.below(4) : random.below(40);
        start = begin + offset;
        end = begin + (random.chance(650) ? random.between(56, 60) : random.between(offset, 60));
    }

    void writeTo(LineBuffer line, SampleFormat format) throws IOException {
        line.column(format.version())
                .column(SampleNetwork.ACCOUNT)
                .column(!regionalNat, eni.id())
                .column(src)
                .column(dst)
                .column(srcPort)
                .column(dstPort)
                .column(protocol)
                .column(packets)
                .column(bytes)
                .column(start)
                .column(end)
                .column(accepted ? ACCEPT : REJECT)
                .column(OK);
        if (format != SampleFormat.V2) {
            writePlace(line);
            line.column(tcpFlags).column(ipv6 ? IPV6 : IPV4).column(pktSrc).column(pktDst);
            writeRegion(line);
            line.column(srcService)
                    .column(dstService)
                    .column(egress ? EGRESS : INGRESS)
                    .columnUnlessNegative(trafficPath);
        }
        if (format == SampleFormat.V11) {
            writeOwner(line, rejectReason, regionalNat ? -1 : eni.encryption());
            writeNextHop(line);
        }
        line.endLine();
    }

    /** A line for an interface without traffic, or whose records were lost. */
    void writeWithoutTraffic(LineBuffer line, SampleFormat format, byte[] status) throws IOException {
        line.column(format.version()).column(SampleNetwork.ACCOUNT).column(eni.id());
        line.absent(7).column(start).column(end).absent(1).column(status);
        if (format != SampleFormat.V2) {
            writePlace(line);
            line.absent(4);
            writeRegion(line);
            line.absent(4);
        }
        if (format == SampleFormat.V11) {
            writeOwner(line, NONE, -1);
            line.absent(5);
        }
        line.endLine();
    }

    private void writePlace(LineBuffer line) {
        line.column(network.vpcId).column(!regionalNat, eni.subnet().id()).column(!regionalNat, eni.instance());
    }

    private void writeRegion(LineBuffer line) {
        line.column(SampleNetwork.REGION)
                .column(eni.subnet().azId())
                .column(eni.subnet().sublocationType())
                .column(eni.subnet().sublocationId());
    }

    private void writeOwner(LineBuffer line, byte[] reason, int encryption) {
        if (regionalNat) {
            line.absent(10).column(reason).column(network.natId).absent(1);
            line.absent(6).column(REGIONAL_NAT);
            return;
        }
        for (byte[] column : eni.task().columns()) {
            line.column(column);
        }
        line.column(reason).column(NONE).columnUnlessNegative(encryption);
        for (byte[] tag : eni.tags()) {
            line.column(tag);
        }
        line.column(eni.kind().interfaceType);
    }

    private void writeNextHop(LineBuffer line) {
        Eni hop = peer;
        if (hop == null) {
            line.absent(5);
            return;
        }
        line.column(hop.id())
                .column(hop.subnet().id())
                .column(hop.subnet().azId())
                .column(network.vpcId)
                .column(hop.kind().interfaceType);
    }
}
