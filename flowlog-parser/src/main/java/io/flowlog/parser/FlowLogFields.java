// Longer than 300 lines: one accessor for every documented field, nothing else.
package io.flowlog.parser;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The typed accessors of a record, one for every {@link FlowLogField}, named after AWS's word in camel case.
 *
 * <p>Each of them is empty when the column is {@code -} in the line, and when the format has no such column. None throws:
 * integers were checked as the line was read, and a word that is new at AWS has a constant.
 */
abstract sealed class FlowLogFields permits FlowLogRecord {
    /** Above it a time is in milliseconds. */
    private static final long LAST_SECOND = 1L << 32;

    FlowLogFields() {}

    /** The text of a column as written. */
    abstract Optional<String> text(FlowLogField field);

    /** The value of an integer column. */
    abstract OptionalLong number(FlowLogField field);

    /**
     * The highest format version among the columns of the line: do not choose columns by it.
     *
     * @return 2 to 11: the highest version among the columns of the format
     */
    public OptionalLong version() {
        return number(FlowLogField.VERSION);
    }

    /**
     * Account that owns the source network interface (12 digits, leading zeros kept), or {@code unknown}.
     *
     * @return 12 digits, leading zeros kept, or {@code unknown} for an interface that an AWS service made
     */
    public Optional<String> accountId() {
        return text(FlowLogField.ACCOUNT_ID);
    }

    /**
     * Network interface for which the traffic is recorded.
     *
     * @return {@code eni-...}; absent when: the flow is that of a regional NAT gateway
     */
    public Optional<String> interfaceId() {
        return text(FlowLogField.INTERFACE_ID);
    }

    /**
     * Source address of incoming traffic, or the interface's primary private address for outgoing traffic.
     *
     * @return an IPv4 or IPv6 address as written; absent when: NODATA, SKIPDATA
     */
    public Optional<String> srcaddr() {
        return text(FlowLogField.SRCADDR);
    }

    /**
     * Destination address of outgoing traffic, or the interface's primary private address for incoming traffic.
     *
     * @return an IPv4 or IPv6 address as written; absent when: NODATA, SKIPDATA
     */
    public Optional<String> dstaddr() {
        return text(FlowLogField.DSTADDR);
    }

    /**
     * Source port; 0 is a value (ICMP).
     *
     * @return 0 to 65535; 0 for ICMP; absent when: NODATA, SKIPDATA
     */
    public OptionalLong srcport() {
        return number(FlowLogField.SRCPORT);
    }

    /**
     * Destination port; 0 is a value (ICMP).
     *
     * @return 0 to 65535; 0 for ICMP; absent when: NODATA, SKIPDATA
     */
    public OptionalLong dstport() {
        return number(FlowLogField.DSTPORT);
    }

    /**
     * IANA protocol number.
     *
     * @return 0 to 255, an IANA protocol number; absent when: NODATA, SKIPDATA
     */
    public OptionalLong protocol() {
        return number(FlowLogField.PROTOCOL);
    }

    /**
     * {@link #protocol()} by IANA's keyword, such as {@code TCP}.
     *
     * @return the keyword; empty for a number that has none too: see {@link IpProtocol#keyword(long)}
     */
    public Optional<String> protocolName() {
        OptionalLong number = protocol();
        return number.isEmpty() ? Optional.empty() : IpProtocol.keyword(number.getAsLong());
    }

    /**
     * Packets in the flow during the capture window.
     *
     * @return a count; absent when: NODATA, SKIPDATA
     */
    public OptionalLong packets() {
        return number(FlowLogField.PACKETS);
    }

    /**
     * Bytes in the flow during the capture window.
     *
     * @return a count; absent when: NODATA, SKIPDATA; flow logs of VPC Block Public Access
     */
    public OptionalLong bytes() {
        return number(FlowLogField.BYTES);
    }

    /**
     * When the first packet of the window was received, in epoch seconds (some files: milliseconds).
     *
     * @return epoch seconds; milliseconds in some files
     */
    public OptionalLong start() {
        return number(FlowLogField.START);
    }

    /**
     * {@link #start()} as an instant: when the first packet of the window was received.
     *
     * @return the value read as epoch seconds, or as milliseconds when it is above 2<sup>32</sup> (7 February 2106 in seconds)
     */
    public Optional<Instant> startTime() {
        return instant(start());
    }

    /**
     * When the last packet of the window was received, in epoch seconds (some files: milliseconds).
     *
     * @return epoch seconds; milliseconds in some files
     */
    public OptionalLong end() {
        return number(FlowLogField.END);
    }

    /**
     * {@link #end()} as an instant: when the last packet of the window was received.
     *
     * @return the value read as epoch seconds, or as milliseconds when it is above 2<sup>32</sup> (7 February 2106 in seconds)
     */
    public Optional<Instant> endTime() {
        return instant(end());
    }

    /**
     * Whether the traffic was accepted.
     *
     * @return a constant of {@link Action}, Action.UNKNOWN for a word that is new at AWS; absent when: NODATA,
     *     SKIPDATA
     */
    public Optional<Action> action() {
        return text(FlowLogField.ACTION).map(Action::of);
    }

    /**
     * Whether the window was logged whole.
     *
     * @return a constant of {@link LogStatus}, LogStatus.UNKNOWN for a word that is new at AWS
     */
    public Optional<LogStatus> logStatus() {
        return text(FlowLogField.LOG_STATUS).map(LogStatus::of);
    }

    /**
     * VPC of the interface.
     *
     * @return {@code vpc-...}
     */
    public Optional<String> vpcId() {
        return text(FlowLogField.VPC_ID);
    }

    /**
     * Subnet of the interface.
     *
     * @return {@code subnet-...}; absent when: the flow is that of a regional NAT gateway
     */
    public Optional<String> subnetId() {
        return text(FlowLogField.SUBNET_ID);
    }

    /**
     * Instance of the interface, if you created that; absent for interfaces that AWS manages.
     *
     * @return {@code i-...}; absent when: AWS manages the interface (NAT gateway, load balancer, Fargate)
     */
    public Optional<String> instanceId() {
        return text(FlowLogField.INSTANCE_ID);
    }

    /**
     * Bitmask of the TCP flags seen in the window.
     *
     * @return the bitmask, unknown bits kept; its mask is 0 when none of the flags that AWS records was seen; absent
     *     when: NODATA, SKIPDATA; an invalid combination of flags
     */
    public Optional<TcpFlags> tcpFlags() {
        OptionalLong number = number(FlowLogField.TCP_FLAGS);
        return number.isEmpty() ? Optional.empty() : Optional.of(TcpFlags.of(number.getAsLong()));
    }

    /**
     * Kind of traffic.
     *
     * @return a constant of {@link TrafficType}, TrafficType.UNKNOWN for a word that is new at AWS; absent when:
     *     NODATA, SKIPDATA
     */
    public Optional<TrafficType> type() {
        return text(FlowLogField.TYPE).map(TrafficType::of);
    }

    /**
     * Original source address of the packets, behind a NAT gateway or a load balancer for example.
     *
     * @return an IPv4 or IPv6 address as written; absent when: NODATA, SKIPDATA
     */
    public Optional<String> pktSrcaddr() {
        return text(FlowLogField.PKT_SRCADDR);
    }

    /**
     * Original destination address of the packets.
     *
     * @return an IPv4 or IPv6 address as written; absent when: NODATA, SKIPDATA
     */
    public Optional<String> pktDstaddr() {
        return text(FlowLogField.PKT_DSTADDR);
    }

    /**
     * Region of the interface, or of the transit gateway.
     *
     * @return a region's code, such as {@code eu-west-1}
     */
    public Optional<String> region() {
        return text(FlowLogField.REGION);
    }

    /**
     * Availability zone id of the interface; absent for traffic from a sublocation.
     *
     * @return such as {@code use1-az1}; absent when: traffic from a sublocation
     */
    public Optional<String> azId() {
        return text(FlowLogField.AZ_ID);
    }

    /**
     * Kind of sublocation.
     *
     * @return a constant of {@link SublocationType}, SublocationType.UNKNOWN for a word that is new at AWS; absent
     *     when: no sublocation
     */
    public Optional<SublocationType> sublocationType() {
        return text(FlowLogField.SUBLOCATION_TYPE).map(SublocationType::of);
    }

    /**
     * Id of the sublocation.
     *
     * @return an id; absent when: no sublocation
     */
    public Optional<String> sublocationId() {
        return text(FlowLogField.SUBLOCATION_ID);
    }

    /**
     * AWS service whose address range holds the packet's source address.
     *
     * @return a service's name, such as {@code S3}; one only, even where ranges overlap; absent when: the address is
     *     in no range of AWS
     */
    public Optional<String> pktSrcAwsService() {
        return text(FlowLogField.PKT_SRC_AWS_SERVICE);
    }

    /**
     * AWS service whose address range holds the packet's destination address.
     *
     * @return a service's name, such as {@code S3}; one only, even where ranges overlap; absent when: the address is
     *     in no range of AWS
     */
    public Optional<String> pktDstAwsService() {
        return text(FlowLogField.PKT_DST_AWS_SERVICE);
    }

    /**
     * Direction as seen from the interface or the transit gateway.
     *
     * @return a constant of {@link FlowDirection}, FlowDirection.UNKNOWN for a word that is new at AWS; absent when:
     *     NODATA, SKIPDATA
     */
    public Optional<FlowDirection> flowDirection() {
        return text(FlowLogField.FLOW_DIRECTION).map(FlowDirection::of);
    }

    /**
     * Path that outgoing traffic takes.
     *
     * @return a constant of {@link TrafficPath} (1 to 8), TrafficPath.UNKNOWN for a number that is new at AWS;
     *     absent when: incoming traffic; none of the paths applies
     */
    public Optional<TrafficPath> trafficPath() {
        OptionalLong number = number(FlowLogField.TRAFFIC_PATH);
        return number.isEmpty() ? Optional.empty() : Optional.of(TrafficPath.of(number.getAsLong()));
    }

    /**
     * ARN of the ECS cluster of the task.
     *
     * @return an ARN; absent when: the interface is not that of an ECS task
     */
    public Optional<String> ecsClusterArn() {
        return text(FlowLogField.ECS_CLUSTER_ARN);
    }

    /**
     * Name of the ECS cluster of the task.
     *
     * @return a name; absent when: the interface is not that of an ECS task
     */
    public Optional<String> ecsClusterName() {
        return text(FlowLogField.ECS_CLUSTER_NAME);
    }

    /**
     * ARN of the ECS container instance; absent on Fargate.
     *
     * @return an ARN; absent when: the interface is not that of an ECS task, or it runs on Fargate
     */
    public Optional<String> ecsContainerInstanceArn() {
        return text(FlowLogField.ECS_CONTAINER_INSTANCE_ARN);
    }

    /**
     * Id of the ECS container instance; absent on Fargate.
     *
     * @return an id; absent when: the interface is not that of an ECS task, or it runs on Fargate
     */
    public Optional<String> ecsContainerInstanceId() {
        return text(FlowLogField.ECS_CONTAINER_INSTANCE_ID);
    }

    /**
     * Runtime id of the first container of the ECS task.
     *
     * @return a container runtime's id; absent when: the interface is not that of an ECS task
     */
    public Optional<String> ecsContainerId() {
        return text(FlowLogField.ECS_CONTAINER_ID);
    }

    /**
     * Runtime id of the second container of the ECS task.
     *
     * @return a container runtime's id; absent when: the interface is not that of an ECS task, or it has one
     *     container
     */
    public Optional<String> ecsSecondContainerId() {
        return text(FlowLogField.ECS_SECOND_CONTAINER_ID);
    }

    /**
     * Name of the ECS service that started the task.
     *
     * @return a name; absent when: the interface is not that of an ECS task, or no service started it
     */
    public Optional<String> ecsServiceName() {
        return text(FlowLogField.ECS_SERVICE_NAME);
    }

    /**
     * ARN of the ECS task definition.
     *
     * @return an ARN; absent when: the interface is not that of an ECS task
     */
    public Optional<String> ecsTaskDefinitionArn() {
        return text(FlowLogField.ECS_TASK_DEFINITION_ARN);
    }

    /**
     * ARN of the ECS task.
     *
     * @return an ARN; absent when: the interface is not that of an ECS task
     */
    public Optional<String> ecsTaskArn() {
        return text(FlowLogField.ECS_TASK_ARN);
    }

    /**
     * Id of the ECS task.
     *
     * @return an id; absent when: the interface is not that of an ECS task
     */
    public Optional<String> ecsTaskId() {
        return text(FlowLogField.ECS_TASK_ID);
    }

    /**
     * Why traffic was rejected.
     *
     * @return a constant of {@link RejectReason}, RejectReason.UNKNOWN for a word that is new at AWS; absent when:
     *     traffic was accepted, or rejected for any other reason
     */
    public Optional<RejectReason> rejectReason() {
        return text(FlowLogField.REJECT_REASON).map(RejectReason::of);
    }

    /**
     * Resource that the flow belongs to, such as a regional NAT gateway.
     *
     * @return such as {@code nat-...}; absent when: other flows than those of a regional NAT gateway
     */
    public Optional<String> resourceId() {
        return text(FlowLogField.RESOURCE_ID);
    }

    /**
     * Whether the flow was encrypted, and by whom.
     *
     * @return a constant of {@link EncryptionStatus} (0 not encrypted, 1 by Nitro, 2 by the application, 3 by both),
     *     EncryptionStatus.UNKNOWN for a number that is new at AWS; absent when: unknown; encryption controls are
     *     off
     */
    public Optional<EncryptionStatus> encryptionStatus() {
        OptionalLong number = number(FlowLogField.ENCRYPTION_STATUS);
        return number.isEmpty() ? Optional.empty() : Optional.of(EncryptionStatus.of(number.getAsLong()));
    }

    /**
     * Value of the first chosen tag key of the instance.
     *
     * @return the tag's value, percent-decoded; an escape that is none is left as written; absent when: there is no
     *     such tag
     */
    public Optional<String> instanceTag() {
        return text(FlowLogField.INSTANCE_TAG).map(PercentEncoding::decode);
    }

    /**
     * Value of the second chosen tag key of the instance.
     *
     * @return the tag's value, percent-decoded; an escape that is none is left as written; absent when: there is no
     *     such tag
     */
    public Optional<String> instanceTag2() {
        return text(FlowLogField.INSTANCE_TAG_2).map(PercentEncoding::decode);
    }

    /**
     * Value of the first chosen tag key of the interface.
     *
     * @return the tag's value, percent-decoded; an escape that is none is left as written; absent when: there is no
     *     such tag
     */
    public Optional<String> interfaceTag() {
        return text(FlowLogField.INTERFACE_TAG).map(PercentEncoding::decode);
    }

    /**
     * Value of the second chosen tag key of the interface.
     *
     * @return the tag's value, percent-decoded; an escape that is none is left as written; absent when: there is no
     *     such tag
     */
    public Optional<String> interfaceTag2() {
        return text(FlowLogField.INTERFACE_TAG_2).map(PercentEncoding::decode);
    }

    /**
     * Value of the first chosen tag key of the Auto Scaling group.
     *
     * @return the tag's value, percent-decoded; an escape that is none is left as written; absent when: there is no
     *     such tag
     */
    public Optional<String> asgTag() {
        return text(FlowLogField.ASG_TAG).map(PercentEncoding::decode);
    }

    /**
     * Value of the second chosen tag key of the Auto Scaling group.
     *
     * @return the tag's value, percent-decoded; an escape that is none is left as written; absent when: there is no
     *     such tag
     */
    public Optional<String> asgTag2() {
        return text(FlowLogField.ASG_TAG_2).map(PercentEncoding::decode);
    }

    /**
     * Kind of the interface.
     *
     * @return a constant of {@link InterfaceType}, InterfaceType.UNKNOWN for a word that is new at AWS; absent when:
     *     other kinds of interface
     */
    public Optional<InterfaceType> interfaceType() {
        return text(FlowLogField.INTERFACE_TYPE).map(InterfaceType::of);
    }

    /**
     * Interface that receives outgoing traffic next, or sent incoming traffic.
     *
     * @return {@code eni-...}; absent when: unknown
     */
    public Optional<String> nextHopInterfaceId() {
        return text(FlowLogField.NEXT_HOP_INTERFACE_ID);
    }

    /**
     * Subnet of the next hop's interface.
     *
     * @return {@code subnet-...}; absent when: unknown
     */
    public Optional<String> nextHopSubnetId() {
        return text(FlowLogField.NEXT_HOP_SUBNET_ID);
    }

    /**
     * Availability zone id of the next hop's interface.
     *
     * @return such as {@code use1-az1}; absent when: unknown
     */
    public Optional<String> nextHopAzId() {
        return text(FlowLogField.NEXT_HOP_AZ_ID);
    }

    /**
     * VPC of the next hop's interface.
     *
     * @return {@code vpc-...}; absent when: unknown
     */
    public Optional<String> nextHopVpcId() {
        return text(FlowLogField.NEXT_HOP_VPC_ID);
    }

    /**
     * Kind of the next hop's interface.
     *
     * @return a constant of {@link InterfaceType}, InterfaceType.UNKNOWN for a word that is new at AWS; absent when:
     *     other kinds of interface
     */
    public Optional<InterfaceType> nextHopInterfaceType() {
        return text(FlowLogField.NEXT_HOP_INTERFACE_TYPE).map(InterfaceType::of);
    }

    /**
     * Kind of resource that was logged: {@code TransitGateway}, or {@code TransitGatewayAttachment}.
     *
     * @return {@code TransitGateway}, {@code TransitGatewayAttachment}
     */
    public Optional<String> resourceType() {
        return text(FlowLogField.RESOURCE_TYPE);
    }

    /**
     * Transit gateway for which the traffic is recorded.
     *
     * @return {@code tgw-...}
     */
    public Optional<String> tgwId() {
        return text(FlowLogField.TGW_ID);
    }

    /**
     * Attachment of the transit gateway for which the traffic is recorded.
     *
     * @return {@code tgw-attach-...}
     */
    public Optional<String> tgwAttachmentId() {
        return text(FlowLogField.TGW_ATTACHMENT_ID);
    }

    /**
     * Account of the source VPC.
     *
     * @return 12 digits; absent when: not applicable
     */
    public Optional<String> tgwSrcVpcAccountId() {
        return text(FlowLogField.TGW_SRC_VPC_ACCOUNT_ID);
    }

    /**
     * Account of the destination VPC.
     *
     * @return 12 digits; absent when: not applicable
     */
    public Optional<String> tgwDstVpcAccountId() {
        return text(FlowLogField.TGW_DST_VPC_ACCOUNT_ID);
    }

    /**
     * Source VPC.
     *
     * @return {@code vpc-...}; absent when: not applicable
     */
    public Optional<String> tgwSrcVpcId() {
        return text(FlowLogField.TGW_SRC_VPC_ID);
    }

    /**
     * Destination VPC.
     *
     * @return {@code vpc-...}; absent when: not applicable
     */
    public Optional<String> tgwDstVpcId() {
        return text(FlowLogField.TGW_DST_VPC_ID);
    }

    /**
     * Subnet of the source traffic.
     *
     * @return {@code subnet-...}; absent when: not applicable
     */
    public Optional<String> tgwSrcSubnetId() {
        return text(FlowLogField.TGW_SRC_SUBNET_ID);
    }

    /**
     * Subnet of the destination traffic.
     *
     * @return {@code subnet-...}; absent when: not applicable
     */
    public Optional<String> tgwDstSubnetId() {
        return text(FlowLogField.TGW_DST_SUBNET_ID);
    }

    /**
     * Source attachment's network interface.
     *
     * @return {@code eni-...}; absent when: not applicable
     */
    public Optional<String> tgwSrcEni() {
        return text(FlowLogField.TGW_SRC_ENI);
    }

    /**
     * Destination attachment's network interface.
     *
     * @return {@code eni-...}; absent when: not applicable
     */
    public Optional<String> tgwDstEni() {
        return text(FlowLogField.TGW_DST_ENI);
    }

    /**
     * Availability zone id of the source attachment's interface; absent for a sublocation.
     *
     * @return such as {@code use1-az1}; absent when: not applicable; traffic from a sublocation
     */
    public Optional<String> tgwSrcAzId() {
        return text(FlowLogField.TGW_SRC_AZ_ID);
    }

    /**
     * Availability zone id of the destination attachment's interface.
     *
     * @return such as {@code use1-az1}; absent when: not applicable
     */
    public Optional<String> tgwDstAzId() {
        return text(FlowLogField.TGW_DST_AZ_ID);
    }

    /**
     * The attachment at the other side: egress or ingress, depending on the flow direction.
     *
     * @return {@code tgw-attach-...}; absent when: not applicable
     */
    public Optional<String> tgwPairAttachmentId() {
        return text(FlowLogField.TGW_PAIR_ATTACHMENT_ID);
    }

    /**
     * Packets lost because no route was given.
     *
     * @return a count; absent when: NODATA, SKIPDATA
     */
    public OptionalLong packetsLostNoRoute() {
        return number(FlowLogField.PACKETS_LOST_NO_ROUTE);
    }

    /**
     * Packets lost because of a black hole route.
     *
     * @return a count; absent when: NODATA, SKIPDATA
     */
    public OptionalLong packetsLostBlackhole() {
        return number(FlowLogField.PACKETS_LOST_BLACKHOLE);
    }

    /**
     * Packets lost because they were larger than the MTU.
     *
     * @return a count; absent when: NODATA, SKIPDATA
     */
    public OptionalLong packetsLostMtuExceeded() {
        return number(FlowLogField.PACKETS_LOST_MTU_EXCEEDED);
    }

    /**
     * Packets lost because their time to live ran out.
     *
     * @return a count; absent when: NODATA, SKIPDATA
     */
    public OptionalLong packetsLostTtlExpired() {
        return number(FlowLogField.PACKETS_LOST_TTL_EXPIRED);
    }

    private static Optional<Instant> instant(OptionalLong time) {
        if (time.isEmpty()) {
            return Optional.empty();
        }
        long value = time.getAsLong();
        return Optional.of(value > LAST_SECOND ? Instant.ofEpochMilli(value) : Instant.ofEpochSecond(value));
    }
}
