package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AccessorsTest {
    /** Accessors of a record that combine or convert fields. */
    private static final List<String> DERIVED = List.of(
            "startTime",
            "endTime",
            "duration",
            "protocolName",
            "srcInetAddress",
            "dstInetAddress",
            "pktSrcInetAddress",
            "pktDstInetAddress");

    /** The accessor's name: AWS's word in camel case at the hyphens. */
    static String accessorName(FlowLogField field) {
        StringBuilder name = new StringBuilder();
        for (String word : field.awsName().split("-")) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    static Object call(FlowLogField field, FlowLogRecord flow) throws ReflectiveOperationException {
        Method accessor = FlowLogRecord.class.getMethod(accessorName(field));
        assertThat(Modifier.isPublic(accessor.getModifiers())).isTrue();
        return accessor.invoke(flow);
    }

    private static FlowLogRecord flow(String columns, String line) {
        return FlowLogFormat.parse(columns).parseLine(line);
    }

    @ParameterizedTest
    @EnumSource
    void everyFieldHasAnAccessor(FlowLogField field) throws ReflectiveOperationException {
        String text = field.isInteger() ? "7" : "word";
        Object value = call(field, flow("some-future-field " + field.awsName(), "x " + text));
        if (value instanceof OptionalLong number) {
            assertThat(field.isInteger()).isTrue();
            assertThat(number).hasValue(7);
        } else {
            assertThat((Optional<?>) value).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAbsentColumnIsEmptyAndNeverZero(FlowLogField field) throws ReflectiveOperationException {
        Object absent = call(field, flow("some-future-field " + field.awsName(), "x -"));
        Object noSuchColumn = call(field, flow("some-future-field", "x"));
        assertThat(absent)
                .isEqualTo(noSuchColumn)
                .isEqualTo(absent instanceof OptionalLong ? OptionalLong.empty() : Optional.empty());
    }

    @ParameterizedTest
    @EnumSource
    void noAccessorThrowsForOddValues(FlowLogField field) throws ReflectiveOperationException {
        String[] values = field.isInteger()
                ? new String[] {"0", "9223372036854775807", "4294967296", "4294967297", "000000000000000000000001"}
                : new String[] {"%", "%C3", "\u0000", "\ud800", "--", "0", "\"", "accept", "😀"};
        for (String value : values) {
            assertThat(call(field, flow(field.awsName() + " some-future-field", value + " x")))
                    .isNotEqualTo(Optional.empty())
                    .isNotEqualTo(OptionalLong.empty());
        }
    }

    @Test
    void readsTheTypesOfAVpcRecord() {
        FlowLogRecord flow = flow(
                "action log-status flow-direction type sublocation-type reject-reason interface-type"
                        + " next-hop-interface-type tcp-flags traffic-path encryption-status protocol account-id bytes",
                "REJECT OK egress IPv6 localzone BPA nat_gateway transit_gateway 18 8 3 6 000000000012 010");
        assertThat(flow.action()).contains(Action.REJECT);
        assertThat(flow.logStatus()).contains(LogStatus.OK);
        assertThat(flow.flowDirection()).contains(FlowDirection.EGRESS);
        assertThat(flow.type()).contains(TrafficType.IPV6);
        assertThat(flow.sublocationType()).contains(SublocationType.LOCALZONE);
        assertThat(flow.rejectReason()).contains(RejectReason.BPA);
        assertThat(flow.interfaceType()).contains(InterfaceType.NAT_GATEWAY);
        assertThat(flow.nextHopInterfaceType()).contains(InterfaceType.TRANSIT_GATEWAY);
        assertThat(flow.tcpFlags()).contains(TcpFlags.of(18));
        assertThat(flow.trafficPath()).contains(TrafficPath.INTERNET_GATEWAY);
        assertThat(flow.encryptionStatus()).contains(EncryptionStatus.NITRO_AND_APPLICATION);
        assertThat(flow.protocolName()).contains("TCP");
        assertThat(flow.accountId()).contains("000000000012");
        assertThat(flow.bytes()).hasValue(10);
    }

    @Test
    void aWordThatIsNewAtAwsKeepsItsText() {
        FlowLogRecord flow = flow("action tcp-flags traffic-path protocol", "QUARANTINE 320 99 250");
        assertThat(flow.action()).contains(Action.UNKNOWN);
        assertThat(flow.get("action")).contains("QUARANTINE");
        assertThat(flow.tcpFlags().orElseThrow().mask()).isEqualTo(320);
        assertThat(flow.trafficPath()).contains(TrafficPath.UNKNOWN);
        assertThat(flow.get("traffic-path")).contains("99");
        assertThat(flow.protocol()).hasValue(250);
        assertThat(flow.protocolName()).isEmpty();
    }

    @Test
    void tagsAreDecodedAndTheirTextIsKept() {
        FlowLogRecord flow = flow(
                "instance-tag instance-tag-2 interface-tag interface-tag-2 asg-tag asg-tag-2",
                "a%20b %2D B%C3%BCro 50% %zz -");
        assertThat(flow.instanceTag()).contains("a b");
        assertThat(flow.get("instance-tag")).contains("a%20b");
        assertThat(flow.instanceTag2()).contains("-");
        assertThat(flow.interfaceTag()).contains("Büro");
        assertThat(flow.interfaceTag2()).contains("50%");
        assertThat(flow.asgTag()).contains("%zz");
        assertThat(flow.asgTag2()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "1640995465, 2022-01-01T00:04:25Z",
        "4294967296, 2106-02-07T06:28:16Z",
        "4294967297, 1970-02-19T17:02:47.297Z",
        "1512564058000, 2017-12-06T12:40:58Z",
        "9223372036854775807, +292278994-08-17T07:12:55.807Z"
    })
    void timesAreSecondsOrMilliseconds(String written, Instant instant) {
        FlowLogRecord flow = flow("start end", written + " " + written);
        assertThat(flow.startTime()).contains(instant);
        assertThat(flow.endTime()).contains(instant);
        assertThat(flow.start()).hasValue(Long.parseLong(written));
        assertThat(flow.end()).hasValue(Long.parseLong(written));
    }

    @Test
    void anAbsentTimeIsEmpty() {
        assertThat(flow("start end", "- -").startTime()).isEmpty();
        assertThat(flow("start end", "- -").endTime()).isEmpty();
        assertThat(flow("start protocol", "- -").protocolName()).isEmpty();
    }

    @Test
    void theDurationIsTheTimeFromStartToEnd() {
        assertThat(flow("start end", "1640995465 1640995493").duration()).contains(Duration.ofSeconds(28));
        assertThat(flow("end start", "1640995465 1640995465").duration()).contains(Duration.ZERO);
        assertThat(flow("start end", "1512564058000 1512564058999").duration()).contains(Duration.ofMillis(999));
        assertThat(flow("start end", "10 7").duration()).contains(Duration.ofSeconds(-3));
        assertThat(flow("start end", "0 9223372036854775807").duration()).contains(Duration.ofMillis(Long.MAX_VALUE));
        assertThat(flow("start end", "- 7").duration()).isEmpty();
        assertThat(flow("start end", "7 -").duration()).isEmpty();
        assertThat(flow("start protocol", "7 6").duration()).isEmpty();
    }

    @Test
    void addressesAreReadWithoutALookup() throws UnknownHostException {
        FlowLogRecord flow = flow("srcaddr dstaddr pkt-srcaddr pkt-dstaddr", "10.0.0.1 2001:db8::1 localhost -");
        assertThat(flow.srcInetAddress()).contains(InetAddress.getByName("10.0.0.1"));
        assertThat(flow.srcInetAddress().orElseThrow().toString()).isEqualTo("/10.0.0.1");
        assertThat(flow.dstInetAddress()).contains(InetAddress.getByName("2001:db8::1"));
        assertThat(flow.pktSrcInetAddress()).isEmpty();
        assertThat(flow.pktDstInetAddress()).isEmpty();
        assertThat(flow("bytes", "1").srcInetAddress()).isEmpty();
        assertThat(flow("srcaddr", "::ffff:10.0.0.1").srcInetAddress()).contains(InetAddress.getByName("10.0.0.1"));
    }

    @Test
    void everyAccessorBelongsToAFieldOrIsDerived() {
        List<String> expected = new ArrayList<>(DERIVED);
        for (FlowLogField field : FlowLogField.values()) {
            expected.add(accessorName(field));
        }
        assertThat(Arrays.stream(FlowLogRecord.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 0)
                        .filter(method -> method.getReturnType().getSimpleName().startsWith("Optional"))
                        .map(Method::getName))
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
