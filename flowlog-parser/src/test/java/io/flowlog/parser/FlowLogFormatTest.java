package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowLogFormatTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "version srcaddr some-future-field bytes",
                "${version} ${srcaddr} ${some-future-field} ${bytes}",
                "  version  ${srcaddr}\tsome-future-field\n${bytes} "
            })
    void readsBothSpellings(String text) {
        FlowLogFormat format = FlowLogFormat.parse(text);
        assertThat(format.columns()).containsExactly("version", "srcaddr", "some-future-field", "bytes");
        assertThat(format.size()).isEqualTo(4);
        assertThat(format.name(1)).isEqualTo("srcaddr");
        assertThat(format.indexOf("some-future-field")).isEqualTo(2);
        assertThat(format.indexOf("dstaddr")).isEqualTo(-1);
        assertThat(format.indexOf(FlowLogField.BYTES)).isEqualTo(3);
        assertThat(format.indexOf(FlowLogField.DSTADDR)).isEqualTo(-1);
        assertThat(format.isInteger(0)).isTrue();
        assertThat(format.isInteger(1)).isFalse();
        assertThat(format.isInteger(2)).isFalse();
        assertThat(format).hasToString("version srcaddr some-future-field bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "Version", "src.addr", "9lives", "${version", "$version", "version ${}", "a_b", "-"})
    void refusesWhatCannotBeAName(String text) {
        assertThatThrownBy(() -> FlowLogFormat.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a field name such as \"srcaddr\" or \"${srcaddr}\", found \"");
    }

    @Test
    void isAValue() {
        FlowLogFormat format = FlowLogFormat.parse("version srcaddr");
        assertThat(format).isEqualTo(FlowLogFormat.parse("${version} ${srcaddr}"));
        assertThat(format).hasSameHashCodeAs(FlowLogFormat.parse("version srcaddr"));
        assertThat(format).isNotEqualTo(FlowLogFormat.parse("srcaddr version"));
        assertThat(FlowLogFormat.parse(FlowLogFormat.DEFAULT.toString())).isEqualTo(FlowLogFormat.DEFAULT);
        assertThatThrownBy(() -> format.columns().add("x")).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2 10.0.0.1 76", "2 10.0.0.1 76\n", "2 10.0.0.1 76\r\n", " 2  10.0.0.1 76 ", "2 10.0.0.1 76\r"})
    void parsesOneLineWithOrWithoutItsEnd(String line) {
        FlowLogRecord flow = FlowLogFormat.parse("version srcaddr bytes").parseLine(line);
        assertThat(flow.lineNumber()).isEqualTo(1);
        assertThat(flow).hasToString("line 1: version=2 srcaddr=10.0.0.1 bytes=76");
    }

    @Test
    void aLineThatCannotBeReadSaysWhy() {
        FlowLogFormat format = FlowLogFormat.parse("version srcaddr bytes");
        assertThatThrownBy(() -> format.parseLine("2 10.0.0.1"))
                .isInstanceOf(FlowLogParseException.class)
                .hasMessage("text, line 1: expected 3 columns, found 2");
        assertThatThrownBy(() -> format.parseLine(""))
                .isInstanceOf(FlowLogParseException.class)
                .hasMessage("text, line 1: expected 3 columns, found 0");
        assertThatThrownBy(() -> format.parseLine("2 10.0.0.1 x"))
                .isInstanceOfSatisfying(
                        FlowLogParseException.class, e -> assertThat(e.column()).contains("bytes"))
                .hasMessage("text, line 1, column bytes: expected - or an integer from 0 to 9223372036854775807,"
                        + " found \"x\"");
    }

    @Test
    void aLineOfManyColumnsOrBytesIsRead() {
        FlowLogFormat format = FlowLogFormat.parse("srcaddr " + columns(400));
        String line = "10.0.0.1 " + "v ".repeat(399) + "w".repeat(200_000);
        FlowLogRecord flow = format.parseLine(line);
        assertThat(flow.get("column-399")).contains("w".repeat(200_000));
        assertThat(flow.get("column-398")).contains("v");
        assertThat(flow.lineLength()).isEqualTo(line.length());
        int[] ends = new int[401];
        byte[] copy = new byte[line.length()];
        assertThat(flow.copyLineTo(copy, 0, ends)).isEqualTo(line.length());
        assertThat(ends[400]).isEqualTo(line.length());
    }

    @Test
    void theLowLevelSaysWhatIsWrongWithAColumn() {
        FlowLogRecord flow = FlowLogFormat.parse("srcaddr bytes").parseLine("10.0.0.1 5");
        assertThatThrownBy(() -> flow.longValue(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> flow.longValue(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> flow.length(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> flow.isAbsent(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> flow.copyTo(0, new byte[3], 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> flow.copyLineTo(new byte[3], 0, new int[2]))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static String columns(int count) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < count; i++) {
            names.append("column-").append(i).append(' ');
        }
        return names.toString();
    }
}
