package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowLogFilterTest {
    private static final FlowLogFormat FORMAT =
            FlowLogFormat.parse("srcaddr dstaddr srcport dstport bytes action vpc-id some-future-field");
    private static final FlowLogRecord FLOW = FORMAT.parseLine("10.0.0.4 2001:db8::1 40000 22 - REJECT vpc-1 it's");

    private static boolean keeps(String filter) {
        return FlowLogFilter.parse(filter).test(FLOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "action = REJECT",
                "action=REJECT",
                "action = 'REJECT'",
                "((( action = REJECT )))",
                "action != ACCEPT",
                "action in (ACCEPT, REJECT)",
                "action in ('ACCEPT','REJECT')",
                "action like REJ*",
                "action like *",
                "action like '*J*'",
                "action not like ACC*",
                "action = reject or action = REJECT",
                "dstport = 22",
                "dstport = 0022",
                "dstport = '22'",
                "dstport<1_000",
                "dstport <= 22",
                "dstport >= 22",
                "dstport > 21",
                "dstport in(21,22,23)",
                "dstport NOT IN (80)",
                "dstport like 2*",
                "port = 22",
                "port = 40000",
                "port != 80",
                "port not in (80, 443)",
                "not port = 80",
                "bytes is absent",
                "bytes IS Absent",
                "not bytes is not absent",
                "not bytes = 1",
                "bytes != 1",
                "bytes not in (1)",
                "bytes not like 1*",
                "srcaddr = 10.0.0.4",
                "srcaddr = '10.0.0.4'",
                "srcaddr = ::ffff:10.0.0.4",
                "srcaddr = 10.0.0.0/8",
                "srcaddr = 10.9.9.9/8",
                "srcaddr in (8.8.8.8, 10.0.0.4/30, 9.9.9.9)",
                "srcaddr = private",
                "srcaddr = PRIVATE",
                "srcaddr != public",
                "srcaddr < 10.0.0.5",
                "srcaddr <= 10.0.0.4",
                "srcaddr like 10.0.*",
                "dstaddr = 2001:0DB8:0:0:0:0:0:1",
                "dstaddr = public",
                "dstaddr = ::/0",
                "dstaddr != 0.0.0.0/0",
                "dstaddr > 255.255.255.255",
                "addr = 2001:db8::1",
                "addr in (10.0.0.0/8)",
                "addr != 8.8.8.8",
                "addr is not absent",
                "vpc-id > vpc-0",
                "vpc-id in (x, y, vpc-1)",
                "some-future-field = 'it''s'",
                "tgw-id is absent",
                "tgw-id != x",
                "action = ACCEPT and dstport = 80 or srcport = 40000",
                "srcport = 40000 or action = ACCEPT and dstport = 80",
                "not action = ACCEPT and not dstport = 80",
                "not (action = ACCEPT or dstport = 80)",
            })
    void keepsARecordThatMatchesAndItsNegationDoesNot(String filter) {
        assertThat(keeps(filter)).isTrue();
        assertThat(keeps("not (" + filter + ")")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes = 0",
                "bytes < 9223372036854775807",
                "bytes >= 0",
                "bytes like *",
                "bytes in (0, 1)",
                "dstport < 0",
                "dstport > 9223372036854775807",
                "action = ''",
                "action = reject",
                "action like REJEC",
                "action like REJECTT*",
                "srcaddr = ::/0",
                "srcaddr = public",
                "srcaddr = ::10.0.0.4",
                "dstaddr = private",
                "dstaddr = 0.0.0.0/0",
                "addr != 10.0.0.4",
                "port not in (22)",
                "not addr = private",
                "tgw-id like *",
            })
    void dropsARecordThatDoesNotMatch(String filter) {
        assertThat(keeps(filter)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"unknown", "10.0.0.04", "10.0.0.256", "10.0.0", "fe80::1%eth0", "1:2:3:4:5:6:7", ":::", "1::2::3"
            })
    void aTextThatIsNotAnAddressIsInNoRange(String text) {
        FlowLogRecord flow = FlowLogFormat.parse("srcaddr bytes").parseLine(text + " 1");
        assertThat(FlowLogFilter.parse("srcaddr in (0.0.0.0/0, ::/0, private, public)")
                        .test(flow))
                .isFalse();
        assertThat(FlowLogFilter.parse("srcaddr != 10.0.0.0/8").test(flow)).isTrue();
        assertThat(FlowLogFilter.parse("srcaddr = '" + text + "'").test(flow)).isTrue();
        assertThat(FlowLogFilter.parse("srcaddr in (8.8.8.8, '" + text + "')").test(flow))
                .isTrue();
    }

    @Test
    void everyAddressIsPrivateOrPublicButNotBoth() {
        List<String> privates = List.of(
                "10.0.0.0",
                "10.255.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.0",
                "100.127.255.255",
                "169.254.0.1",
                "127.0.0.1",
                "::1",
                "fe80::1",
                "febf::1",
                "fc00::",
                "fdff:ffff::1",
                "::ffff:10.0.0.1");
        List<String> publics = List.of(
                "9.255.255.255",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "8.8.8.8",
                "::",
                "::2",
                "fec0::1",
                "fe00::1",
                "2001:db8::1",
                "255.255.255.255",
                "0.0.0.0",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        FlowLogFilter isPrivate = FlowLogFilter.parse("srcaddr = private");
        FlowLogFilter isPublic = FlowLogFilter.parse("srcaddr = public");
        FlowLogFormat format = FlowLogFormat.parse("srcaddr");
        assertThat(privates).allMatch(a -> isPrivate.test(format.parseLine(a)) && !isPublic.test(format.parseLine(a)));
        assertThat(publics).allMatch(a -> !isPrivate.test(format.parseLine(a)) && isPublic.test(format.parseLine(a)));
    }

    @Test
    void aTextIsComparedByItsBytes() {
        FlowLogFormat format = FlowLogFormat.parse("instance-tag bytes");
        FlowLogRecord flow = format.parseLine("\uff5e 1"); // three bytes in UTF-8, before the four of an emoji
        assertThat(FlowLogFilter.parse("instance-tag < '😀'").test(flow)).isTrue();
        assertThat(FlowLogFilter.parse("instance-tag = '\uff5e'").test(flow)).isTrue();
        assertThat(FlowLogFilter.parse("instance-tag >= '\uff5ea'").test(flow)).isFalse();
    }

    @Test
    void aLongTextIsCompared() {
        String text = "a".repeat(60_000);
        FlowLogRecord flow = FlowLogFormat.parse("instance-tag bytes").parseLine(text + " 1");
        assertThat(FlowLogFilter.parse("instance-tag = " + text).test(flow)).isTrue();
        assertThat(FlowLogFilter.parse("instance-tag like a*a*a").test(flow)).isTrue();
        assertThat(FlowLogFilter.parse("instance-tag like *b").test(flow)).isFalse();
    }

    @Test
    void aListMayHaveThousandsOfValues() {
        String ports = IntStream.range(0, 10_000)
                .mapToObj(i -> Integer.toString(2 * i))
                .collect(Collectors.joining(","));
        String texts = IntStream.range(0, 8_000).mapToObj(i -> "v" + i).collect(Collectors.joining(","));
        String blocks = IntStream.range(0, 4_000)
                .mapToObj(i -> "10." + i / 250 + "." + i % 250 + ".0/24")
                .collect(Collectors.joining(","));
        FlowLogRecord flow = FlowLogFormat.parse("dstport vpc-id srcaddr").parseLine("19998 v7999 10.15.249.1");
        assertThat(FlowLogFilter.parse("dstport in (" + ports + ")").test(flow)).isTrue();
        assertThat(FlowLogFilter.parse("vpc-id in (" + texts + ")").test(flow)).isTrue();
        assertThat(FlowLogFilter.parse("srcaddr in (" + blocks + ")").test(flow))
                .isTrue();
    }

    @Test
    void oneHundredLevelsOfParenthesesAreParsed() {
        String filter = "(".repeat(100) + "action = REJECT" + ")".repeat(100);
        assertThat(keeps(filter)).isTrue();
        assertThat(keeps("not(".repeat(100) + "action = REJECT" + ")".repeat(100)))
                .isTrue();
        assertThat(keeps("not(".repeat(99) + "action = REJECT" + ")".repeat(99)))
                .isFalse();
    }

    @Test
    void longChainsAreParsed() {
        assertThat(keeps("dstport=1 or ".repeat(5000) + "dstport=22")).isTrue();
        assertThat(keeps("dstport=22 and ".repeat(4000) + "dstport=1")).isFalse();
    }

    @Test
    void itsTextIsWhatWasParsed() {
        String text = " action  =\n'REJECT' ";
        FlowLogFilter filter = FlowLogFilter.parse(text);
        assertThat(filter)
                .hasToString(text)
                .isEqualTo(FlowLogFilter.parse(text))
                .hasSameHashCodeAs(FlowLogFilter.parse(text));
        assertThat(filter).isNotEqualTo(FlowLogFilter.parse("action = REJECT"));
    }

    @Test
    void namesTheColumnsThatItReads() {
        FlowLogFilter filter = FlowLogFilter.parse(
                "not (addr = private and port = 22) or new-field is absent and bytes > 1 or srcaddr like 1*");
        assertThat(filter.fields())
                .containsExactly("srcaddr", "dstaddr", "srcport", "dstport", "new-field", "bytes")
                .isUnmodifiable();
    }

    @Test
    void aColumnNamedLikeAPairOfColumnsIsNotRead() {
        FlowLogRecord flow = FlowLogFormat.parse("port srcport bytes").parseLine("22 80 1");
        assertThat(FlowLogFilter.parse("port = 22").test(flow)).isFalse();
    }

    @Test
    void fieldsAreCheckedAgainstAFormat() {
        FlowLogFilter filter = FlowLogFilter.parse("action = REJECT or dst-port = 22");
        filter.check(FlowLogFormat.parse("srcaddr dst-port"));
        assertThatThrownBy(() -> filter.check(FlowLogFormat.DEFAULT))
                .isInstanceOfSatisfying(
                        FlowLogFilter.InvalidFilterException.class,
                        e -> assertThat(e.position()).isEqualTo(20))
                .hasMessage("filter, character 20: expected a field that AWS documents or that the header has,"
                        + " found \"dst-port\"; did you mean \"dstport\"?");
        FlowLogRecord flow = FlowLogFormat.parse("action bytes").parseLine("REJECT 1");
        assertThatThrownBy(() -> filter.test(flow)).isInstanceOf(FlowLogFilter.InvalidFilterException.class);
        assertThatThrownBy(() -> FlowLogFilter.parse("not colour is absent").test(flow))
                .hasMessage("filter, character 5: expected a field that AWS documents or that the header has,"
                        + " found \"colour\"");
    }
}
