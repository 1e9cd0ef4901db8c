package io.flowlog.parser;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Every field that AWS documents for VPC flow logs (versions 2 to 11) and transit gateway flow logs (version 6).
 *
 * <p>The name of a constant is AWS's name in capitals, with underscores for hyphens: {@code pkt-src-aws-service} is {@link
 * #PKT_SRC_AWS_SERVICE}. The constants have the order of AWS's tables, VPC first. AWS adds fields about once a year. A
 * column that is not listed here is not an error: it is text under its own name ({@code FlowLogRecord.get(name)}).
 *
 * <p>Sources: "Flow log records" in the Amazon VPC User Guide, and "Transit Gateway Flow Log records" in the Transit
 * Gateway guide.
 */
public enum FlowLogField {
    /** The highest format version among the columns of the line. Do not choose columns by it. */
    VERSION(2, Type.INTEGER, Logs.BOTH),
    /** Account that owns the source network interface (12 digits with leading zeros), or {@code unknown}. */
    ACCOUNT_ID(2, Type.TEXT, Logs.BOTH),
    /** Network interface for which the traffic is recorded. */
    INTERFACE_ID(2, Type.TEXT, Logs.VPC),
    /** Source address of incoming traffic, or the interface's primary private address for outgoing traffic. */
    SRCADDR(2, Type.TEXT, Logs.BOTH),
    /** Destination address of outgoing traffic, or the interface's primary private address for incoming traffic. */
    DSTADDR(2, Type.TEXT, Logs.BOTH),
    /** Source port; 0 is a value (ICMP). */
    SRCPORT(2, Type.INTEGER, Logs.BOTH),
    /** Destination port; 0 is a value (ICMP). */
    DSTPORT(2, Type.INTEGER, Logs.BOTH),
    /** IANA protocol number; see {@link IpProtocol}. */
    PROTOCOL(2, Type.INTEGER, Logs.BOTH),
    /** Packets in the flow during the capture window. */
    PACKETS(2, Type.INTEGER, Logs.BOTH),
    /** Bytes in the flow during the capture window. */
    BYTES(2, Type.INTEGER, Logs.BOTH),
    /** When the first packet of the window was received, in epoch seconds (some files: milliseconds). */
    START(2, Type.INTEGER, Logs.BOTH),
    /** When the last packet of the window was received, in epoch seconds (some files: milliseconds). */
    END(2, Type.INTEGER, Logs.BOTH),
    /** Whether the traffic was accepted; see {@link Action}. */
    ACTION(2, Type.TEXT, Logs.VPC),
    /** Whether the window was recorded completely; see {@link LogStatus}. */
    LOG_STATUS(2, Type.TEXT, Logs.BOTH),
    /** VPC of the interface. */
    VPC_ID(3, Type.TEXT, Logs.VPC),
    /** Subnet of the interface. */
    SUBNET_ID(3, Type.TEXT, Logs.VPC),
    /** Instance of the interface; absent if AWS manages the interface. */
    INSTANCE_ID(3, Type.TEXT, Logs.VPC),
    /** Bitmask of the TCP flags seen in the window; see {@link TcpFlags}. */
    TCP_FLAGS(3, Type.INTEGER, Logs.BOTH),
    /** Type of traffic; see {@link TrafficType}. */
    TYPE(3, Type.TEXT, Logs.BOTH),
    /** Original source address of the packets, for example behind a NAT gateway or a load balancer. */
    PKT_SRCADDR(3, Type.TEXT, Logs.VPC),
    /** Original destination address of the packets. */
    PKT_DSTADDR(3, Type.TEXT, Logs.VPC),
    /** Region of the interface, or of the transit gateway. */
    REGION(4, Type.TEXT, Logs.BOTH),
    /** Availability zone id of the interface; absent for traffic from a sublocation. */
    AZ_ID(4, Type.TEXT, Logs.VPC),
    /** Type of sublocation; see {@link SublocationType}. */
    SUBLOCATION_TYPE(4, Type.TEXT, Logs.VPC),
    /** Id of the sublocation. */
    SUBLOCATION_ID(4, Type.TEXT, Logs.VPC),
    /** AWS service whose address range contains the packet's source address. */
    PKT_SRC_AWS_SERVICE(5, Type.TEXT, Logs.BOTH),
    /** AWS service whose address range contains the packet's destination address. */
    PKT_DST_AWS_SERVICE(5, Type.TEXT, Logs.BOTH),
    /** Direction as seen from the interface or the transit gateway; see {@link FlowDirection}. */
    FLOW_DIRECTION(5, Type.TEXT, Logs.BOTH),
    /** Path that outgoing traffic takes; see {@link TrafficPath}. */
    TRAFFIC_PATH(5, Type.INTEGER, Logs.VPC),
    /** ARN of the ECS cluster of the task. */
    ECS_CLUSTER_ARN(7, Type.TEXT, Logs.VPC),
    /** Name of the ECS cluster of the task. */
    ECS_CLUSTER_NAME(7, Type.TEXT, Logs.VPC),
    /** ARN of the ECS container instance; absent on Fargate. */
    ECS_CONTAINER_INSTANCE_ARN(7, Type.TEXT, Logs.VPC),
    /** Id of the ECS container instance; absent on Fargate. */
    ECS_CONTAINER_INSTANCE_ID(7, Type.TEXT, Logs.VPC),
    /** Runtime id of the first container of the ECS task. */
    ECS_CONTAINER_ID(7, Type.TEXT, Logs.VPC),
    /** Runtime id of the second container of the ECS task. */
    ECS_SECOND_CONTAINER_ID(7, Type.TEXT, Logs.VPC),
    /** Name of the ECS service that started the task. */
    ECS_SERVICE_NAME(7, Type.TEXT, Logs.VPC),
    /** ARN of the ECS task definition. */
    ECS_TASK_DEFINITION_ARN(7, Type.TEXT, Logs.VPC),
    /** ARN of the ECS task. */
    ECS_TASK_ARN(7, Type.TEXT, Logs.VPC),
    /** Id of the ECS task. */
    ECS_TASK_ID(7, Type.TEXT, Logs.VPC),
    /** Why traffic was rejected; see {@link RejectReason}. */
    REJECT_REASON(8, Type.TEXT, Logs.VPC),
    /** Resource that the flow belongs to, such as a regional NAT gateway. */
    RESOURCE_ID(9, Type.TEXT, Logs.VPC),
    /** Whether the flow was encrypted, and by whom; see {@link EncryptionStatus}. */
    ENCRYPTION_STATUS(10, Type.INTEGER, Logs.VPC),
    /** Value of the first chosen tag key of the instance, percent-encoded. */
    INSTANCE_TAG(11, Type.TEXT, Logs.VPC),
    /** Value of the second chosen tag key of the instance, percent-encoded. */
    INSTANCE_TAG_2(11, Type.TEXT, Logs.VPC),
    /** Value of the first chosen tag key of the interface, percent-encoded. */
    INTERFACE_TAG(11, Type.TEXT, Logs.VPC),
    /** Value of the second chosen tag key of the interface, percent-encoded. */
    INTERFACE_TAG_2(11, Type.TEXT, Logs.VPC),
    /** Value of the first chosen tag key of the Auto Scaling group, percent-encoded. */
    ASG_TAG(11, Type.TEXT, Logs.VPC),
    /** Value of the second chosen tag key of the Auto Scaling group, percent-encoded. */
    ASG_TAG_2(11, Type.TEXT, Logs.VPC),
    /** Type of the interface; see {@link InterfaceType}. */
    INTERFACE_TYPE(11, Type.TEXT, Logs.VPC),
    /** Interface that receives outgoing traffic next, or that sent incoming traffic. */
    NEXT_HOP_INTERFACE_ID(11, Type.TEXT, Logs.VPC),
    /** Subnet of the next hop's interface. */
    NEXT_HOP_SUBNET_ID(11, Type.TEXT, Logs.VPC),
    /** Availability zone id of the next hop's interface. */
    NEXT_HOP_AZ_ID(11, Type.TEXT, Logs.VPC),
    /** VPC of the next hop's interface. */
    NEXT_HOP_VPC_ID(11, Type.TEXT, Logs.VPC),
    /** Type of the next hop's interface; see {@link InterfaceType}. */
    NEXT_HOP_INTERFACE_TYPE(11, Type.TEXT, Logs.VPC),
    /** Type of the recorded resource: {@code TransitGateway}, or {@code TransitGatewayAttachment}. */
    RESOURCE_TYPE(6, Type.TEXT, Logs.TGW),
    /** Transit gateway for which the traffic is recorded. */
    TGW_ID(6, Type.TEXT, Logs.TGW),
    /** Attachment of the transit gateway for which the traffic is recorded. */
    TGW_ATTACHMENT_ID(6, Type.TEXT, Logs.TGW),
    /** Account of the source VPC. */
    TGW_SRC_VPC_ACCOUNT_ID(6, Type.TEXT, Logs.TGW),
    /** Account of the destination VPC. */
    TGW_DST_VPC_ACCOUNT_ID(6, Type.TEXT, Logs.TGW),
    /** Source VPC. */
    TGW_SRC_VPC_ID(6, Type.TEXT, Logs.TGW),
    /** Destination VPC. */
    TGW_DST_VPC_ID(6, Type.TEXT, Logs.TGW),
    /** Subnet of the source traffic. */
    TGW_SRC_SUBNET_ID(6, Type.TEXT, Logs.TGW),
    /** Subnet of the destination traffic. */
    TGW_DST_SUBNET_ID(6, Type.TEXT, Logs.TGW),
    /** Source attachment's network interface. */
    TGW_SRC_ENI(6, Type.TEXT, Logs.TGW),
    /** Destination attachment's network interface. */
    TGW_DST_ENI(6, Type.TEXT, Logs.TGW),
    /** Availability zone id of the source attachment's interface; absent for a sublocation. */
    TGW_SRC_AZ_ID(6, Type.TEXT, Logs.TGW),
    /** Availability zone id of the destination attachment's interface. */
    TGW_DST_AZ_ID(6, Type.TEXT, Logs.TGW),
    /** Attachment at the other side: egress or ingress, depending on the flow direction. */
    TGW_PAIR_ATTACHMENT_ID(6, Type.TEXT, Logs.TGW),
    /** Packets lost because no route was specified. */
    PACKETS_LOST_NO_ROUTE(6, Type.INTEGER, Logs.TGW),
    /** Packets lost because of a blackhole route. */
    PACKETS_LOST_BLACKHOLE(6, Type.INTEGER, Logs.TGW),
    /** Packets lost because they were larger than the MTU. */
    PACKETS_LOST_MTU_EXCEEDED(6, Type.INTEGER, Logs.TGW),
    /** Packets lost because their time to live expired. */
    PACKETS_LOST_TTL_EXPIRED(6, Type.INTEGER, Logs.TGW);

    private static final Map<String, FlowLogField> BY_NAME = new HashMap<>();

    static {
        for (FlowLogField field : values()) {
            BY_NAME.put(field.awsName, field);
        }
    }

    private final String awsName;
    private final int since;
    private final boolean integer;
    private final Logs logs;

    FlowLogField(int since, Type type, Logs logs) {
        this.awsName = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.since = since;
        this.integer = type == Type.INTEGER;
        this.logs = logs;
    }

    /**
     * Returns the name of the field as AWS writes it in a header.
     *
     * @return lower case letters, digits and hyphens, such as {@code pkt-src-aws-service}
     */
    public String awsName() {
        return awsName;
    }

    /**
     * Returns the version of the record format that introduced the field.
     *
     * @return from 2 to 11; the {@code version} column of a line has the highest of these among its columns
     */
    public int since() {
        return since;
    }

    /**
     * Returns whether the field is a decimal integer from 0 to 2<sup>63</sup>-1. All other fields are text, also {@code
     * account-id}, which keeps its leading zeros.
     *
     * @return true if any value other than {@code -} and such an integer makes the line malformed
     */
    public boolean isInteger() {
        return integer;
    }

    /**
     * Returns whether AWS documents the field for VPC flow logs.
     *
     * @return false for fields of transit gateway flow logs only
     */
    public boolean isInVpcLogs() {
        return logs != Logs.TGW;
    }

    /**
     * Returns whether AWS documents the field for transit gateway flow logs.
     *
     * @return false for fields of VPC flow logs only
     */
    public boolean isInTransitGatewayLogs() {
        return logs != Logs.VPC;
    }

    /**
     * Returns the field with a name.
     *
     * @param awsName the name as AWS writes it; case counts, as it does in a header
     * @return the field; empty if this version of the library does not know it
     */
    public static Optional<FlowLogField> of(String awsName) {
        return Optional.ofNullable(BY_NAME.get(awsName));
    }

    private enum Type {
        INTEGER,
        TEXT
    }

    private enum Logs {
        VPC,
        TGW,
        BOTH
    }
}
