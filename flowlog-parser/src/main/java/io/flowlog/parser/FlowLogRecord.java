// Over 300 lines: one accessor for each documented field.
// Hot: guarded by benchmarks ParseBenchmark.
package io.flowlog.parser;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * One flow: one line of a flow log, with a typed accessor for every {@link FlowLogField}.
 *
 * <p>Immutable and safe to share between threads. A record holds a copy of its own line and nothing else of the file.
 *
 * <p>A record is always valid: the reader counted its columns and checked its integers. Accessors decode on demand and
 * never throw because of the data. An accessor named after a field is empty if the column is {@code -} in this line, and if
 * the format has no such column; its documentation says when AWS writes {@code -}. A word or number that AWS introduced
 * later has the constant {@code UNKNOWN}, and {@link #get(String)} returns its text. Source: "Flow log records" in the
 * Amazon VPC User Guide.
 *
 * <p>Serializable, in a compact form that later releases will read.
 *
 * <p>Two records are equal if their formats and all their columns, as written, are equal. The line number does not count.
 */
public final class FlowLogRecord implements FlowLogRow, Serializable {
    private static final long serialVersionUID = 1L;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Up to these lengths of {@link #data} a position in it takes one byte, or two; above, four. */
    private static final int LONGEST_OF_BYTES = 0xFF;

    private static final int LONGEST_OF_SHORTS = 0xFFFF;

    /** A time above this value is in milliseconds. */
    private static final long LAST_SECOND = 1L << 32;

    /** Most service ports, packet counts and protocols: a third of the objects that accessors would create. */
    private static final OptionalLong[] SMALL =
            LongStream.range(0, 1024).mapToObj(OptionalLong::of).toArray(OptionalLong[]::new);

    private final transient FlowLogFormat format;
    private final transient long lineNumber;
    /**
     * Positions in this array, then the line. Slot 0 is the position before the line, slot {@code c + 1} the one just after
     * column {@code c}. The length of the array determines the number of bytes of a slot.
     */
    private final transient byte[] data;

    private FlowLogRecord(FlowLogFormat format, long lineNumber, byte[] data) {
        this.format = format;
        this.lineNumber = lineNumber;
        this.data = data;
    }

    /** Copies a line whose column {@code c} ends at {@code ends[first + c]}; it begins at {@code from}. */
    static FlowLogRecord copyOf(
            FlowLogFormat format, long lineNumber, byte[] bytes, int from, int length, int[] ends, int first) {
        int slots = format.size() + 1;
        int before = first - 1;
        byte[] data;
        int head = head(slots);
        if (head + length <= LONGEST_OF_BYTES) {
            data = new byte[head + length];
            System.arraycopy(bytes, from, data, head, length);
            int shift = head - from;
            int i = 0;
            for (; i + 4 <= slots; i += 4) {
                int at = before + i;
                int four = (ends[at] + shift)
                        | (ends[at + 1] + shift) << 8
                        | (ends[at + 2] + shift) << 16
                        | (ends[at + 3] + shift) << 24;
                INT.set(data, i, four);
            }
            for (; i < slots; i++) {
                data[i] = (byte) (ends[before + i] + shift);
            }
        } else if (head(slots << 1) + length <= LONGEST_OF_SHORTS) {
            head = head(slots << 1);
            data = new byte[head + length];
            System.arraycopy(bytes, from, data, head, length);
            int shift = head - from;
            int i = 0;
            for (; i + 4 <= slots; i += 4) {
                int at = before + i;
                long four = ends[at] + shift
                        | (long) (ends[at + 1] + shift) << 16
                        | (long) (ends[at + 2] + shift) << 32
                        | (long) (ends[at + 3] + shift) << 48;
                Digits.LONG.set(data, i << 1, four);
            }
            for (; i < slots; i++) {
                SHORT.set(data, i << 1, (short) (ends[before + i] + shift));
            }
        } else {
            head = head(slots << 2);
            data = new byte[head + length];
            System.arraycopy(bytes, from, data, head, length);
            int shift = head - from;
            for (int i = 0; i < slots; i++) {
                INT.set(data, i << 2, ends[before + i] + shift);
            }
        }
        return new FlowLogRecord(format, lineNumber, data);
    }

    /** The bytes before the line: at least those that {@link Digits} may read before the end of a number. */
    private static int head(int bytesOfSlots) {
        return Math.max(Digits.BEFORE, bytesOfSlots);
    }

    static void requireInteger(FlowLogFormat format, int column) {
        if (!format.isInteger(column)) {
            throw new IllegalArgumentException("column " + format.name(column) + " contains text, not integers");
        }
    }

    private int slot(int index) {
        if (data.length <= LONGEST_OF_BYTES) {
            return data[index] & 0xFF;
        }
        return data.length <= LONGEST_OF_SHORTS
                ? (short) SHORT.get(data, index << 1) & 0xFFFF
                : (int) INT.get(data, index << 2);
    }

    private int start(int column) {
        return slot(column) + 1;
    }

    private int end(int column) {
        return slot(column + 1);
    }

    @Override
    public FlowLogFormat format() {
        return format;
    }

    @Override
    public long lineNumber() {
        return lineNumber;
    }

    @Override
    public int length(int column) {
        Objects.checkIndex(column, format.size());
        int start = start(column);
        int length = end(column) - start;
        return length == 1 && data[start] == '-' ? 0 : length;
    }

    @Override
    public boolean isAbsent(int column) {
        return length(column) == 0;
    }

    @Override
    public int copyTo(int column, byte[] target, int at) {
        int length = length(column);
        System.arraycopy(data, start(column), target, at, length);
        return length;
    }

    @Override
    public long longValue(int column, long absent) {
        requireInteger(format, column);
        return value(column, absent);
    }

    /** The value of an integer column; one branch for both of its slots, as this is what hot loops do. */
    private long value(int column, long absent) {
        byte[] bytes = data;
        return bytes.length <= LONGEST_OF_BYTES
                ? Digits.parse(bytes, (bytes[column] & 0xFF) + 1, bytes[column + 1] & 0xFF, absent)
                : Digits.parse(bytes, start(column), end(column), absent);
    }

    /**
     * Returns the value of an integer field without an object around it, for tight loops.
     *
     * @param field an integer field
     * @param absent the result if there is no value
     * @return 0 to 2<sup>63</sup>-1; {@code absent} if the column is {@code -} in this line, or the format has no such column
     * @throws IllegalArgumentException if the field is not an integer field
     */
    public long longValue(FlowLogField field, long absent) {
        if (!field.isInteger()) {
            throw new IllegalArgumentException("field " + field.awsName() + " contains text, not integers");
        }
        int column = format.indexOf(field);
        return column < 0 ? absent : value(column, absent);
    }

    @Override
    public int lineLength() {
        return data.length - start(0);
    }

    @Override
    public int copyLineTo(byte[] target, int at, int[] ends) {
        int from = start(0);
        int length = data.length - from;
        System.arraycopy(data, from, target, at, length);
        int shift = at - from;
        int columns = format.size();
        for (int c = 0; c < columns; c++) {
            ends[c] = end(c) + shift;
        }
        return length;
    }

    /**
     * Returns the text of any column of the header as written. Bytes that are not UTF-8 become U+FFFD.
     *
     * @param name the name in the header, known to this library or not
     * @return empty if the column is absent ({@code -}) in this line, or the format has no such column
     */
    public Optional<String> get(String name) {
        return text(format.indexOf(name));
    }

    /**
     * Returns the text of a documented field as written, also if its accessor has another type.
     *
     * @param field the field
     * @return empty if the column is absent ({@code -}) in this line, or the format has no such column
     */
    public Optional<String> get(FlowLogField field) {
        return text(field);
    }

    private Optional<String> text(FlowLogField field) {
        return text(format.indexOf(field));
    }

    private OptionalLong number(FlowLogField field) {
        int column = format.indexOf(field);
        if (column < 0) {
            return OptionalLong.empty();
        }
        long value = value(column, -1);
        if (value < SMALL.length) {
            return value < 0 ? OptionalLong.empty() : SMALL[(int) value];
        }
        return OptionalLong.of(value);
    }

    private <T> Optional<T> number(FlowLogField field, LongFunction<T> type) {
        OptionalLong number = number(field);
        return number.isEmpty() ? Optional.empty() : Optional.of(type.apply(number.getAsLong()));
    }

    private Optional<String> text(int column) {
        if (column < 0) {
            return Optional.empty();
        }
        int length = length(column);
        return length == 0
                ? Optional.empty()
                : Optional.of(new String(data, start(column), length, StandardCharsets.UTF_8));
    }

    /** {@return the highest format version among the columns of the format, 2 to 11; do not choose columns by it} */
    public OptionalLong version() {
        return number(FlowLogField.VERSION);
    }

    /** {@return the account that owns the source network interface: 12 digits, with leading zeros; {@code unknown} for an interface that an AWS service created} */
    public Optional<String> accountId() {
        return text(FlowLogField.ACCOUNT_ID);
    }

    /** {@return the network interface for which the traffic is recorded, {@code eni-...}; absent for a regional NAT gateway} */
    public Optional<String> interfaceId() {
        return text(FlowLogField.INTERFACE_ID);
    }

    /** {@return the source address as written: for outgoing traffic, the primary private address of the interface; absent in NODATA and SKIPDATA lines} */
    public Optional<String> srcaddr() {
        return text(FlowLogField.SRCADDR);
    }

    /** {@return the destination address as written: for incoming traffic, the primary private address of the interface; absent in NODATA and SKIPDATA lines} */
    public Optional<String> dstaddr() {
        return text(FlowLogField.DSTADDR);
    }

    /** {@return {@link #srcaddr()} as an address, without a lookup of its name; empty if it is absent or not an address} */
    public Optional<InetAddress> srcInetAddress() {
        return inetAddress(FlowLogField.SRCADDR);
    }

    /** {@return {@link #dstaddr()} as an address, without a lookup of its name; empty if it is absent or not an address} */
    public Optional<InetAddress> dstInetAddress() {
        return inetAddress(FlowLogField.DSTADDR);
    }

    /** {@return the source port, 0 to 65535; 0 for ICMP; absent in NODATA and SKIPDATA lines} */
    public OptionalLong srcport() {
        return number(FlowLogField.SRCPORT);
    }

    /** {@return the destination port, 0 to 65535; 0 for ICMP; absent in NODATA and SKIPDATA lines} */
    public OptionalLong dstport() {
        return number(FlowLogField.DSTPORT);
    }

    /** {@return the IANA protocol number, 0 to 255; absent in NODATA and SKIPDATA lines} */
    public OptionalLong protocol() {
        return number(FlowLogField.PROTOCOL);
    }

    /** {@return IANA's keyword for the {@link #protocol()}, such as {@code TCP}; empty if the number is absent or has no keyword, see {@link IpProtocol#keyword(long)}} */
    public Optional<String> protocolName() {
        OptionalLong number = protocol();
        return number.isEmpty() ? Optional.empty() : IpProtocol.keyword(number.getAsLong());
    }

    /** {@return the number of packets in the capture window; absent in NODATA and SKIPDATA lines} */
    public OptionalLong packets() {
        return number(FlowLogField.PACKETS);
    }

    /** {@return the number of bytes in the capture window; absent in NODATA and SKIPDATA lines and in flow logs of VPC Block Public Access} */
    public OptionalLong bytes() {
        return number(FlowLogField.BYTES);
    }

    /** {@return when the first packet of the window was received, in epoch seconds; in milliseconds in some files} */
    public OptionalLong start() {
        return number(FlowLogField.START);
    }

    /** {@return {@link #start()} as an instant: a value above 2<sup>32</sup> is in milliseconds, any other in seconds} */
    public Optional<Instant> startTime() {
        return instant(start());
    }

    /** {@return when the last packet of the window was received, in epoch seconds; in milliseconds in some files} */
    public OptionalLong end() {
        return number(FlowLogField.END);
    }

    /** {@return {@link #end()} as an instant: a value above 2<sup>32</sup> is in milliseconds, any other in seconds} */
    public Optional<Instant> endTime() {
        return instant(end());
    }

    /**
     * {@return the time from {@link #startTime()} to {@link #endTime()}; zero if both are the same, negative if the line has
     * them in the wrong order; empty if one of them is absent}
     */
    public Optional<Duration> duration() {
        Optional<Instant> from = startTime();
        Optional<Instant> to = endTime();
        return from.isEmpty() || to.isEmpty() ? Optional.empty() : Optional.of(Duration.between(from.get(), to.get()));
    }

    /** {@return whether the traffic was accepted, {@link Action#UNKNOWN} for a new word; absent in NODATA and SKIPDATA lines} */
    public Optional<Action> action() {
        return text(FlowLogField.ACTION).map(Action::of);
    }

    /** {@return whether the window was recorded completely, {@link LogStatus#UNKNOWN} for a new word} */
    public Optional<LogStatus> logStatus() {
        return text(FlowLogField.LOG_STATUS).map(LogStatus::of);
    }

    /** {@return the VPC of the interface, {@code vpc-...}} */
    public Optional<String> vpcId() {
        return text(FlowLogField.VPC_ID);
    }

    /** {@return the subnet of the interface, {@code subnet-...}; absent for a regional NAT gateway} */
    public Optional<String> subnetId() {
        return text(FlowLogField.SUBNET_ID);
    }

    /** {@return the instance of the interface, {@code i-...}; absent if AWS manages the interface (NAT gateway, load balancer, Fargate)} */
    public Optional<String> instanceId() {
        return text(FlowLogField.INSTANCE_ID);
    }

    /** {@return the TCP flags of the window as a bitmask, with unknown bits; 0 if AWS recorded none of its flags; absent in NODATA and SKIPDATA lines, and for an invalid combination of flags} */
    public Optional<TcpFlags> tcpFlags() {
        return number(FlowLogField.TCP_FLAGS, TcpFlags::of);
    }

    /** {@return the type of traffic, {@link TrafficType#UNKNOWN} for a new word; absent in NODATA and SKIPDATA lines} */
    public Optional<TrafficType> type() {
        return text(FlowLogField.TYPE).map(TrafficType::of);
    }

    /** {@return the original source address of the packets as written, for example behind a NAT gateway or a load balancer; absent in NODATA and SKIPDATA lines} */
    public Optional<String> pktSrcaddr() {
        return text(FlowLogField.PKT_SRCADDR);
    }

    /** {@return the original destination address of the packets as written; absent in NODATA and SKIPDATA lines} */
    public Optional<String> pktDstaddr() {
        return text(FlowLogField.PKT_DSTADDR);
    }

    /** {@return {@link #pktSrcaddr()} as an address, without a lookup of its name; empty if it is absent or not an address} */
    public Optional<InetAddress> pktSrcInetAddress() {
        return inetAddress(FlowLogField.PKT_SRCADDR);
    }

    /** {@return {@link #pktDstaddr()} as an address, without a lookup of its name; empty if it is absent or not an address} */
    public Optional<InetAddress> pktDstInetAddress() {
        return inetAddress(FlowLogField.PKT_DSTADDR);
    }

    /** {@return the Region of the interface or the transit gateway, such as {@code eu-west-1}} */
    public Optional<String> region() {
        return text(FlowLogField.REGION);
    }

    /** {@return the Availability Zone ID of the interface, such as {@code use1-az1}; absent for traffic from a sublocation} */
    public Optional<String> azId() {
        return text(FlowLogField.AZ_ID);
    }

    /** {@return the type of sublocation, {@link SublocationType#UNKNOWN} for a new word; absent if there is no sublocation} */
    public Optional<SublocationType> sublocationType() {
        return text(FlowLogField.SUBLOCATION_TYPE).map(SublocationType::of);
    }

    /** {@return the ID of the sublocation; absent if there is no sublocation} */
    public Optional<String> sublocationId() {
        return text(FlowLogField.SUBLOCATION_ID);
    }

    /** {@return the AWS service whose address range contains the source address, such as {@code S3}; one name even if ranges overlap; absent if no range contains it} */
    public Optional<String> pktSrcAwsService() {
        return text(FlowLogField.PKT_SRC_AWS_SERVICE);
    }

    /** {@return the AWS service whose address range contains the destination address, such as {@code S3}; one name even if ranges overlap; absent if no range contains it} */
    public Optional<String> pktDstAwsService() {
        return text(FlowLogField.PKT_DST_AWS_SERVICE);
    }

    /** {@return the direction as seen from the interface or the transit gateway, {@link FlowDirection#UNKNOWN} for a new word; absent in NODATA and SKIPDATA lines} */
    public Optional<FlowDirection> flowDirection() {
        return text(FlowLogField.FLOW_DIRECTION).map(FlowDirection::of);
    }

    /** {@return the path of outgoing traffic, {@link TrafficPath#UNKNOWN} for a new number; absent for incoming traffic, and if no path applies} */
    public Optional<TrafficPath> trafficPath() {
        return number(FlowLogField.TRAFFIC_PATH, TrafficPath::of);
    }

    /** {@return the ARN of the ECS cluster of the task; absent if the interface does not belong to an ECS task} */
    public Optional<String> ecsClusterArn() {
        return text(FlowLogField.ECS_CLUSTER_ARN);
    }

    /** {@return the name of the ECS cluster of the task; absent if the interface does not belong to an ECS task} */
    public Optional<String> ecsClusterName() {
        return text(FlowLogField.ECS_CLUSTER_NAME);
    }

    /** {@return the ARN of the ECS container instance; absent if the interface does not belong to an ECS task, and on Fargate} */
    public Optional<String> ecsContainerInstanceArn() {
        return text(FlowLogField.ECS_CONTAINER_INSTANCE_ARN);
    }

    /** {@return the ID of the ECS container instance; absent if the interface does not belong to an ECS task, and on Fargate} */
    public Optional<String> ecsContainerInstanceId() {
        return text(FlowLogField.ECS_CONTAINER_INSTANCE_ID);
    }

    /** {@return the runtime ID of the first container of the ECS task; absent if the interface does not belong to an ECS task} */
    public Optional<String> ecsContainerId() {
        return text(FlowLogField.ECS_CONTAINER_ID);
    }

    /** {@return the runtime ID of the second container of the ECS task; absent if the interface does not belong to an ECS task, and if it has one container} */
    public Optional<String> ecsSecondContainerId() {
        return text(FlowLogField.ECS_SECOND_CONTAINER_ID);
    }

    /** {@return the name of the ECS service that started the task; absent if the interface does not belong to an ECS task, and if no service started it} */
    public Optional<String> ecsServiceName() {
        return text(FlowLogField.ECS_SERVICE_NAME);
    }

    /** {@return the ARN of the ECS task definition; absent if the interface does not belong to an ECS task} */
    public Optional<String> ecsTaskDefinitionArn() {
        return text(FlowLogField.ECS_TASK_DEFINITION_ARN);
    }

    /** {@return the ARN of the ECS task; absent if the interface does not belong to an ECS task} */
    public Optional<String> ecsTaskArn() {
        return text(FlowLogField.ECS_TASK_ARN);
    }

    /** {@return the ID of the ECS task; absent if the interface does not belong to an ECS task} */
    public Optional<String> ecsTaskId() {
        return text(FlowLogField.ECS_TASK_ID);
    }

    /** {@return why traffic was rejected, {@link RejectReason#UNKNOWN} for a new word; absent if it was accepted, or rejected for another reason} */
    public Optional<RejectReason> rejectReason() {
        return text(FlowLogField.REJECT_REASON).map(RejectReason::of);
    }

    /** {@return the resource that the flow belongs to, such as {@code nat-...}; absent unless it is a regional NAT gateway} */
    public Optional<String> resourceId() {
        return text(FlowLogField.RESOURCE_ID);
    }

    /** {@return whether the flow was encrypted, and by whom, {@link EncryptionStatus#UNKNOWN} for a new number; absent if this is not known or encryption controls are off} */
    public Optional<EncryptionStatus> encryptionStatus() {
        return number(FlowLogField.ENCRYPTION_STATUS, EncryptionStatus::of);
    }

    /** {@return the value of the first chosen tag key of the instance, percent-decoded; an invalid escape is left unchanged; absent without such a tag} */
    public Optional<String> instanceTag() {
        return text(FlowLogField.INSTANCE_TAG).map(PercentEncoding::decode);
    }

    /** {@return the value of the second chosen tag key of the instance, percent-decoded as {@link #instanceTag()}} */
    public Optional<String> instanceTag2() {
        return text(FlowLogField.INSTANCE_TAG_2).map(PercentEncoding::decode);
    }

    /** {@return the value of the first chosen tag key of the interface, percent-decoded as {@link #instanceTag()}} */
    public Optional<String> interfaceTag() {
        return text(FlowLogField.INTERFACE_TAG).map(PercentEncoding::decode);
    }

    /** {@return the value of the second chosen tag key of the interface, percent-decoded as {@link #instanceTag()}} */
    public Optional<String> interfaceTag2() {
        return text(FlowLogField.INTERFACE_TAG_2).map(PercentEncoding::decode);
    }

    /** {@return the value of the first chosen tag key of the Auto Scaling group, percent-decoded as {@link #instanceTag()}} */
    public Optional<String> asgTag() {
        return text(FlowLogField.ASG_TAG).map(PercentEncoding::decode);
    }

    /** {@return the value of the second chosen tag key of the Auto Scaling group, percent-decoded as {@link #instanceTag()}} */
    public Optional<String> asgTag2() {
        return text(FlowLogField.ASG_TAG_2).map(PercentEncoding::decode);
    }

    /** {@return the type of the interface, {@link InterfaceType#UNKNOWN} for a new word; absent for other types of interface} */
    public Optional<InterfaceType> interfaceType() {
        return text(FlowLogField.INTERFACE_TYPE).map(InterfaceType::of);
    }

    /** {@return the interface that receives outgoing traffic next, or that sent incoming traffic, {@code eni-...}; absent if it is not known} */
    public Optional<String> nextHopInterfaceId() {
        return text(FlowLogField.NEXT_HOP_INTERFACE_ID);
    }

    /** {@return the subnet of the next hop's interface, {@code subnet-...}; absent if it is not known} */
    public Optional<String> nextHopSubnetId() {
        return text(FlowLogField.NEXT_HOP_SUBNET_ID);
    }

    /** {@return the Availability Zone ID of the next hop's interface, such as {@code use1-az1}; absent if it is not known} */
    public Optional<String> nextHopAzId() {
        return text(FlowLogField.NEXT_HOP_AZ_ID);
    }

    /** {@return the VPC of the next hop's interface, {@code vpc-...}; absent if it is not known} */
    public Optional<String> nextHopVpcId() {
        return text(FlowLogField.NEXT_HOP_VPC_ID);
    }

    /** {@return the type of the next hop's interface, {@link InterfaceType#UNKNOWN} for a new word; absent for other types of interface} */
    public Optional<InterfaceType> nextHopInterfaceType() {
        return text(FlowLogField.NEXT_HOP_INTERFACE_TYPE).map(InterfaceType::of);
    }

    /** {@return the type of the recorded resource, {@code TransitGateway} or {@code TransitGatewayAttachment}} */
    public Optional<String> resourceType() {
        return text(FlowLogField.RESOURCE_TYPE);
    }

    /** {@return the transit gateway for which the traffic is recorded, {@code tgw-...}} */
    public Optional<String> tgwId() {
        return text(FlowLogField.TGW_ID);
    }

    /** {@return the transit gateway attachment for which the traffic is recorded, {@code tgw-attach-...}} */
    public Optional<String> tgwAttachmentId() {
        return text(FlowLogField.TGW_ATTACHMENT_ID);
    }

    /** {@return the account of the source VPC, 12 digits; absent if it does not apply} */
    public Optional<String> tgwSrcVpcAccountId() {
        return text(FlowLogField.TGW_SRC_VPC_ACCOUNT_ID);
    }

    /** {@return the account of the destination VPC, 12 digits; absent if it does not apply} */
    public Optional<String> tgwDstVpcAccountId() {
        return text(FlowLogField.TGW_DST_VPC_ACCOUNT_ID);
    }

    /** {@return the source VPC, {@code vpc-...}; absent if it does not apply} */
    public Optional<String> tgwSrcVpcId() {
        return text(FlowLogField.TGW_SRC_VPC_ID);
    }

    /** {@return the destination VPC, {@code vpc-...}; absent if it does not apply} */
    public Optional<String> tgwDstVpcId() {
        return text(FlowLogField.TGW_DST_VPC_ID);
    }

    /** {@return the subnet of the source traffic, {@code subnet-...}; absent if it does not apply} */
    public Optional<String> tgwSrcSubnetId() {
        return text(FlowLogField.TGW_SRC_SUBNET_ID);
    }

    /** {@return the subnet of the destination traffic, {@code subnet-...}; absent if it does not apply} */
    public Optional<String> tgwDstSubnetId() {
        return text(FlowLogField.TGW_DST_SUBNET_ID);
    }

    /** {@return the network interface of the source attachment, {@code eni-...}; absent if it does not apply} */
    public Optional<String> tgwSrcEni() {
        return text(FlowLogField.TGW_SRC_ENI);
    }

    /** {@return the network interface of the destination attachment, {@code eni-...}; absent if it does not apply} */
    public Optional<String> tgwDstEni() {
        return text(FlowLogField.TGW_DST_ENI);
    }

    /** {@return the Availability Zone ID of the source attachment's interface, such as {@code use1-az1}; absent if it does not apply, and for traffic from a sublocation} */
    public Optional<String> tgwSrcAzId() {
        return text(FlowLogField.TGW_SRC_AZ_ID);
    }

    /** {@return the Availability Zone ID of the destination attachment's interface, such as {@code use1-az1}; absent if it does not apply} */
    public Optional<String> tgwDstAzId() {
        return text(FlowLogField.TGW_DST_AZ_ID);
    }

    /** {@return the attachment at the other side, {@code tgw-attach-...}: egress or ingress, depending on the flow direction; absent if it does not apply} */
    public Optional<String> tgwPairAttachmentId() {
        return text(FlowLogField.TGW_PAIR_ATTACHMENT_ID);
    }

    /** {@return the number of packets lost because no route was specified; absent in NODATA and SKIPDATA lines} */
    public OptionalLong packetsLostNoRoute() {
        return number(FlowLogField.PACKETS_LOST_NO_ROUTE);
    }

    /** {@return the number of packets lost because of a blackhole route; absent in NODATA and SKIPDATA lines} */
    public OptionalLong packetsLostBlackhole() {
        return number(FlowLogField.PACKETS_LOST_BLACKHOLE);
    }

    /** {@return the number of packets lost because they were larger than the MTU; absent in NODATA and SKIPDATA lines} */
    public OptionalLong packetsLostMtuExceeded() {
        return number(FlowLogField.PACKETS_LOST_MTU_EXCEEDED);
    }

    /** {@return the number of packets lost because their time to live expired; absent in NODATA and SKIPDATA lines} */
    public OptionalLong packetsLostTtlExpired() {
        return number(FlowLogField.PACKETS_LOST_TTL_EXPIRED);
    }

    /** Whether a column is an address of a set; {@code address} is that of the column. */
    boolean isIn(AddressSet addresses, int column, ColumnAddress address) {
        return addresses.contains(data, start(column), end(column), address);
    }

    /** Reads a column as an address; false if it is not one. */
    boolean readAddress(int column, IpAddress address) {
        return address.read(data, start(column), end(column));
    }

    private Optional<InetAddress> inetAddress(FlowLogField field) {
        int column = format.indexOf(field);
        IpAddress address = new IpAddress();
        return column >= 0 && readAddress(column, address) ? Optional.of(address.toInetAddress()) : Optional.empty();
    }

    private static Optional<Instant> instant(OptionalLong time) {
        if (time.isEmpty()) {
            return Optional.empty();
        }
        long value = time.getAsLong();
        return Optional.of(value > LAST_SECOND ? Instant.ofEpochMilli(value) : Instant.ofEpochSecond(value));
    }

    private Object writeReplace() {
        return new SerializedForm(this);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("expected the serialized form");
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof FlowLogRecord record
                        && Arrays.equals(data, record.data)
                        && format.equals(record.format);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    /** Returns the line number and the columns by name, {@code -} for absent ones. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("line ").append(lineNumber).append(":");
        for (int c = 0; c < format.size(); c++) {
            out.append(' ').append(format.name(c)).append('=').append(text(c).orElse("-"));
        }
        return out.toString();
    }
}
