package io.flowlog.parser;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The record faults that concern the parser, R1 to R9, each by its name; the spec files say more about each. */
class RecordFaultsTest {
    private static final String HEADER = "srcaddr dstaddr bytes\n";

    private static List<String> read(String text) throws IOException {
        return Transcript.ofLenient(text.getBytes(UTF_8));
    }

    @Test
    void r1AnEndlessLineIsMalformedAndTheNextIsRead() throws IOException {
        String text = HEADER + "x".repeat(3_000_000) + "\n10.0.0.1 10.0.0.2 3\n";
        assertThat(read(text))
                .containsExactly(
                        "malformed flows.log, line 2: expected a line of at most 65536 bytes, found one of 3000000",
                        "line 3: srcaddr=10.0.0.1 dstaddr=10.0.0.2 bytes=3",
                        "counts lines=3 records=1 malformed=1 headers=1 blank=0");
        assertThat(read(HEADER + "x".repeat(3_000_000)))
                .containsExactly(
                        "malformed flows.log, line 2: expected a line of at most 65536 bytes, found one of 3000000",
                        "counts lines=2 records=0 malformed=1 headers=1 blank=0");
    }

    @Test
    void r1AnEndlessFirstLineIsNoFlowLog() throws IOException {
        assertThat(read("x".repeat(3_000_000)))
                .singleElement()
                .asString()
                .startsWith(
                        "error NotAFlowLogException: flows.log, line 1: expected a header line of at most 65536 bytes,"
                                + " found a line of 3000000 bytes that begins with \"xxx")
                .hasSizeLessThan(400);
    }

    @Test
    void r2ABinaryFileIsQuotedInShort() throws IOException {
        byte[] binary = new byte[10_000];
        new Random(7).nextBytes(binary);
        binary[0] = (byte) 0x89;
        assertThatThrownBy(() -> FlowLogReader.builder()
                        .name("picture.png")
                        .open(new ByteArrayInputStream(binary))
                        .read())
                .isInstanceOfSatisfying(NotAFlowLogException.class, e -> {
                    assertThat(e.detail())
                            .startsWith("line 1: expected a header line")
                            .hasSizeLessThan(300);
                    assertThat(e).hasMessage("picture.png, " + e.detail());
                });
    }

    @Test
    void r2AMissingHeaderIsAnErrorThatStays() throws IOException {
        FlowLogReader reader = FlowLogReader.open(new ByteArrayInputStream("1 2 3\n4 5 6\n".getBytes(UTF_8)));
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(reader::read)
                    .isInstanceOfSatisfying(
                            NotAFlowLogException.class,
                            e -> assertThat(e.kind()).isEqualTo(NotAFlowLogException.Kind.NO_HEADER));
        }
    }

    @Test
    void r2AHeaderWithUnderscoresIsRefusedWithAHint() throws IOException {
        String found =
                "error NotAFlowLogException: flows.log, line 1: expected a header line with the names of flow log"
                        + " fields, found ";
        assertThat(read("version account_id  srcaddr\n2 1 10.0.0.1\n"))
                .containsExactly(found + "\"version account_id  srcaddr\"; AWS writes the names of text files with"
                        + " hyphens, such as account-id: another program wrote this file; rename the columns in its"
                        + " first line");
        assertThat(read("\uFEFFaccount_id\r\n1\r\n")).singleElement().asString().contains("such as account-id:");
        for (String other :
                List.of("some_column other_column", "Account_Id", "10.0.0.1 account_id", "a_", "a ".repeat(30_000))) {
            assertThat(read(other + "\n")).singleElement().asString().endsWith("has no header, set its format");
        }
    }

    @Test
    void r2OddTextIsReadByItsHeader() throws IOException {
        String text = "\uFEFFbytes srcaddr\r\n1 10.0.0.1\r\nbytes srcaddr\r\n\r\n2 a\u0000b";
        assertThat(read(text))
                .containsExactly(
                        "line 2: bytes=1 srcaddr=10.0.0.1",
                        "line 5: bytes=2 srcaddr=a\u0000b",
                        "counts lines=5 records=2 malformed=0 headers=2 blank=1");
        assertThat(read("bytes srcaddr\n")).hasSize(1);
    }

    @Test
    void r3TooFewAndTooManyColumnsGoToTheHandler() throws IOException {
        List<MalformedLine> seen = new ArrayList<>();
        try (FlowLogReader reader = FlowLogReader.builder()
                .name("flows.log")
                .onMalformed(seen::add)
                .open(new ByteArrayInputStream((HEADER + "a b\na b 1 2\na b 1\n").getBytes(UTF_8)))) {
            assertThat(reader.stream()).hasSize(1);
            assertThat(reader.counts().malformed()).isEqualTo(2);
        }
        assertThat(seen).extracting(MalformedLine::lineNumber).containsExactly(2L, 3L);
        assertThat(seen)
                .extracting(MalformedLine::kind)
                .containsExactly(MalformedLine.Kind.TOO_FEW_COLUMNS, MalformedLine.Kind.TOO_MANY_COLUMNS);
        assertThat(seen).extracting(MalformedLine::sample).containsExactly("\"a b\"", "\"a b 1 2\"");
        assertThat(seen).allSatisfy(line -> assertThat(line.column()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "11", "12", "99", "0"})
    void r4UnknownFieldsAndVersionsPassThrough(String version) throws IOException {
        assertThat(read("future-field version bytes\nx=1 " + version + " 7\n"))
                .startsWith("line 2: future-field=x=1 version=" + version + " bytes=7");
    }

    @Test
    void r5AbsentIsNeverZero() {
        FlowLogRecord flow = FlowLogFormat.parse("bytes srcport action").parseLine("- 0 -");
        assertThat(flow.bytes()).isEmpty();
        assertThat(flow.srcport()).hasValue(0);
        assertThat(flow.action()).isEmpty();
        assertThat(flow.get("bytes")).isEmpty();
        assertThat(flow.longValue(0, -1)).isEqualTo(-1);
        assertThat(flow.isAbsent(0)).isTrue();
        assertThat(flow.length(0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-1", "+1", "١", "1e3", "x", "0x10", "99999999999999999999999999"})
    void r6ABadIntegerIsToldWithLineAndColumn(String value) {
        FlowLogReader reader = FlowLogReader.builder()
                .name("flows.log")
                .open(new ByteArrayInputStream((HEADER + "a b 1\na b " + value + "\n").getBytes(UTF_8)));
        assertThatThrownBy(() -> reader.forEach(flow -> {}))
                .isInstanceOfSatisfying(FlowLogParseException.class, e -> {
                    assertThat(e.source()).isEqualTo("flows.log");
                    assertThat(e.lineNumber()).isEqualTo(3);
                    assertThat(e.column()).contains("bytes");
                })
                .hasMessage("flows.log, line 3, column bytes: expected - or an integer from 0 to 9223372036854775807,"
                        + " found \"" + value + "\"");
    }

    @Test
    void r7EveryByteIsTextAndNoException() throws IOException {
        StringBuilder text = new StringBuilder("srcaddr some-field\n");
        for (int value = 1; value < 256; value++) {
            text.append("a ")
                    .append(value == ' ' || value == '\n' ? '_' : (char) value)
                    .append("b\n");
        }
        byte[] data = text.toString().getBytes(ISO_8859_1);
        assertThat(Transcript.ofLenient(data))
                .isEqualTo(NaiveReader.transcript(data, 1000))
                .hasSize(256);
        assertThat(FlowLogFormat.parse("srcaddr").parseLine("\u2028").srcaddr()).contains("\u2028");
        assertThat(FlowLogFormat.parse("srcaddr").parseLine("\ud800").srcaddr()).isPresent();
    }

    @Test
    void r8WhatAMessageQuotesIsEscapedAndCut() throws IOException {
        List<String> said = read("bytes srcaddr\n\u001b[31m\u0007\u202e\"\r" + "9".repeat(5000) + " b\n");
        assertThat(said.get(0)).hasSizeLessThan(400).matches("[ -~]*").contains("\\u001b[31m\\u0007\\u202e\\\"\\u000d");
    }

    @Test
    void r9IdenticalLinesAreTwoRecords() throws IOException {
        try (FlowLogReader reader =
                FlowLogReader.open(new ByteArrayInputStream((HEADER + "a b 1\na b 1\n").getBytes(UTF_8)))) {
            List<FlowLogRecord> flows = reader.stream().toList();
            assertThat(flows).hasSize(2).extracting(FlowLogRecord::lineNumber).containsExactly(2L, 3L);
            assertThat(flows.get(0)).isEqualTo(flows.get(1)).hasSameHashCodeAs(flows.get(1));
        }
    }
}
