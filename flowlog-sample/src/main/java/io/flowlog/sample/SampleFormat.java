package io.flowlog.sample;

import java.util.List;

/**
 * The formats that {@link SampleGenerator} writes, with their columns in the order of AWS's pages "Flow log records"
 * (Amazon VPC User Guide) and "Transit Gateway Flow Log records" (Transit Gateway guide).
 */
public enum SampleFormat {
    /** The default format: the 14 fields of version 2. */
    V2(2, 112, Columns.V2),
    /** All 29 fields of versions 2 to 5. */
    V5(5, 268, Columns.V2 + Columns.V3_TO_V5),
    /** All 54 fields of versions 2 to 11. */
    V11(11, 460, Columns.V2 + Columns.V3_TO_V5 + Columns.V7_TO_V11),
    /** All 36 fields of a transit gateway's flow log, version 6. */
    TGW(6, 470, Columns.TGW);

    private final int version;
    private final int typicalLineLength;
    private final String header;

    SampleFormat(int version, int typicalLineLength, String header) {
        this.version = version;
        this.typicalLineLength = typicalLineLength;
        this.header = header;
    }

    /**
     * The header line of this format.
     *
     * @return the names of the columns with one space between them, without a line end
     */
    public String header() {
        return header;
    }

    /**
     * The names of the columns.
     *
     * @return the names as AWS writes them, in the order of the header
     */
    public List<String> columns() {
        return List.of(header.split(" "));
    }

    /** What the records have in their {@code version} column. */
    int version() {
        return version;
    }

    /** Bytes of a typical line, to spread a file of a given size over its window of time. */
    int typicalLineLength() {
        return typicalLineLength;
    }

    private static final class Columns {
        private static final String V2 = "version account-id interface-id srcaddr dstaddr srcport dstport protocol"
                + " packets bytes start end action log-status";
        private static final String V3_TO_V5 = " vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr"
                + " region az-id sublocation-type sublocation-id pkt-src-aws-service pkt-dst-aws-service"
                + " flow-direction traffic-path";
        private static final String V7_TO_V11 = " ecs-cluster-arn ecs-cluster-name ecs-container-instance-arn"
                + " ecs-container-instance-id ecs-container-id ecs-second-container-id ecs-service-name"
                + " ecs-task-definition-arn ecs-task-arn ecs-task-id reject-reason resource-id encryption-status"
                + " instance-tag instance-tag-2 interface-tag interface-tag-2 asg-tag asg-tag-2 interface-type"
                + " next-hop-interface-id next-hop-subnet-id next-hop-az-id next-hop-vpc-id next-hop-interface-type";
        private static final String TGW = "version resource-type account-id tgw-id tgw-attachment-id"
                + " tgw-src-vpc-account-id tgw-dst-vpc-account-id tgw-src-vpc-id tgw-dst-vpc-id tgw-src-subnet-id"
                + " tgw-dst-subnet-id tgw-src-eni tgw-dst-eni tgw-src-az-id tgw-dst-az-id tgw-pair-attachment-id"
                + " srcaddr dstaddr srcport dstport protocol packets bytes start end log-status type"
                + " packets-lost-no-route packets-lost-blackhole packets-lost-mtu-exceeded packets-lost-ttl-expired"
                + " tcp-flags region flow-direction pkt-src-aws-service pkt-dst-aws-service";
    }
}
