package io.flowlog.parser;

import static io.flowlog.parser.GzipBytes.bytes;
import static io.flowlog.parser.GzipBytes.cut;
import static io.flowlog.parser.GzipBytes.flip;
import static io.flowlog.parser.GzipBytes.gzip;
import static io.flowlog.parser.GzipBytes.join;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The gzip faults that concern the parser, through the reader: an incomplete file never ends cleanly. */
class GzipFaultsTest {
    private static final String HEADER = "srcaddr dstaddr bytes\n";
    private static final String FIRST = HEADER + lines(0, 40);
    private static final String SECOND = lines(40, 80);
    private static final byte[] TWO_MEMBERS = join(gzip(FIRST), gzip(SECOND));
    private static final int JOIN = gzip(FIRST).length;
    private static final List<String> WHOLE = NaiveReader.transcript((FIRST + SECOND).getBytes(UTF_8), 1000);

    private static String lines(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append("10.0.0.")
                    .append(i)
                    .append(" 10.1.0.")
                    .append(i * 37 % 251)
                    .append(' ');
            text.append(i * 7919L).append('\n');
        }
        return text.toString();
    }

    private static void assertRefused(byte[] data, String error) throws IOException {
        List<String> said = Transcript.ofLenient(data);
        assertThat(said.get(said.size() - 1)).startsWith("error " + error);
        assertThat(said.subList(0, said.size() - 1)).isEqualTo(WHOLE.subList(0, said.size() - 1));
    }

    @Test
    void g1G2EveryCutIsToldButThoseAtAJoin() throws IOException {
        for (int length = 1; length < TWO_MEMBERS.length; length++) {
            if (length == 1) {
                assertRefused(cut(TWO_MEMBERS, length), "NotAFlowLogException: flows.log, line 1: expected a header");
            } else if (length != JOIN) {
                assertRefused(cut(TWO_MEMBERS, length), "CorruptGzipException: flows.log, gzip member ");
            }
        }
    }

    @Test
    void g3EveryByteFlippedIsToldOrChangesNothing() throws IOException {
        for (int at = 0; at < TWO_MEMBERS.length; at++) {
            for (int mask : new int[] {0x01, 0x10, 0x80, 0xff}) {
                List<String> said = Transcript.ofLenient(flip(TWO_MEMBERS, at, mask));
                String last = said.get(said.size() - 1);
                if (!last.startsWith("error ")) {
                    assertThat(said).as("byte %d, mask %x", at, mask).isEqualTo(WHOLE);
                }
            }
        }
    }

    @Test
    void g3TheErrorComesBeforeTheEndAndStays() throws IOException {
        byte[] file = gzip(FIRST);
        byte[] damaged = flip(file, file.length - 5, 0x40);
        try (FlowLogReader reader = FlowLogReader.open(new ByteArrayInputStream(damaged))) {
            List<FlowLogRecord> flows = new ArrayList<>();
            for (int attempt = 0; attempt < 3; attempt++) {
                try {
                    for (FlowLogRecord flow = reader.read(); flow != null; flow = reader.read()) {
                        flows.add(flow);
                    }
                    throw new AssertionError("a clean end");
                } catch (CorruptGzipException e) {
                    assertThat(flows).hasSize(40);
                }
            }
        }
    }

    @Test
    void g4MembersAndPausesGiveAllRecords() throws IOException {
        for (int place = JOIN - 12; place <= JOIN + 12; place++) {
            SlowStream in = SlowStream.pausingAt(TWO_MEMBERS, place);
            assertThat(Transcript.of(in, true, Transcript.STRICT)).isEqualTo(WHOLE);
            assertThat(in.sawEnd()).isTrue();
            assertThat(in.closed()).isTrue();
        }
    }

    @Test
    void g4AMemberMayEndInMidLine() throws IOException {
        byte[] text = (FIRST + SECOND).getBytes(UTF_8);
        for (int place = 0; place <= text.length; place += 3) {
            byte[] head = cut(text, place);
            byte[] tail = Arrays.copyOfRange(text, place, text.length);
            assertThat(Transcript.ofLenient(join(gzip(head), gzip(tail)))).isEqualTo(WHOLE);
        }
    }

    @Test
    void g5ACutExactlyAtAJoinIsWholeFromHere() throws IOException {
        assertThat(Transcript.ofLenient(cut(TWO_MEMBERS, JOIN)))
                .isEqualTo(NaiveReader.transcript(FIRST.getBytes(UTF_8), 1000));
    }

    @Test
    void g6G7WhatFollowsTheLastMemberIsTold() throws IOException {
        assertRefused(join(TWO_MEMBERS, bytes('x')), "CorruptGzipException: flows.log, gzip member 3");
        assertRefused(join(TWO_MEMBERS, new byte[512]), "CorruptGzipException: flows.log, gzip member 3");
        assertRefused(join(TWO_MEMBERS, FIRST.getBytes(UTF_8)), "CorruptGzipException: flows.log, gzip member 3");
        assertRefused(flip(TWO_MEMBERS, JOIN, 0xff), "CorruptGzipException: flows.log, gzip member 2");
        assertRefused(cut(TWO_MEMBERS, JOIN + 5), "CorruptGzipException: flows.log, gzip member 2");
    }

    @Test
    void g8TheFirstBytesDecideNotTheName() throws IOException {
        List<String> plain = Transcript.of(
                new ByteArrayInputStream(FIRST.getBytes(UTF_8)), true, builder -> builder.name("flows.log.gz"));
        List<String> gzip =
                Transcript.of(new ByteArrayInputStream(gzip(FIRST)), true, builder -> builder.name("flows.log"));
        assertThat(plain).isEqualTo(gzip).hasSize(41);
    }

    @Test
    void g9EmptyInputsHaveNoRecords() throws IOException {
        String nothing = "counts lines=0 records=0 malformed=0 headers=0 blank=0";
        assertThat(Transcript.ofLenient(new byte[0])).containsExactly(nothing);
        assertThat(Transcript.ofLenient(gzip(""))).containsExactly(nothing);
        assertThat(Transcript.ofLenient(join(gzip(""), gzip("")))).containsExactly(nothing);
        assertThat(Transcript.ofLenient(gzip(HEADER)))
                .containsExactly("counts lines=1 records=0 malformed=0 headers=1 blank=0");
    }

    @Test
    void g10NestedGzipIsTold() throws IOException {
        assertRefused(
                gzip(gzip(FIRST)), "NotAFlowLogException: flows.log: expected text inside gzip, found gzip again");
        assertRefused(
                join(gzip(""), gzip(gzip(FIRST))),
                "NotAFlowLogException: flows.log: expected text inside gzip, found gzip again");
    }

    @Test
    void g11ZerosWithoutANewlineStopAtTheLineLimit() throws IOException {
        byte[] bomb = gzip(join(HEADER.getBytes(UTF_8), new byte[8_000_000], ("\n" + lines(0, 1)).getBytes(UTF_8)));
        assertThat(bomb).hasSizeLessThan(10_000);
        assertThat(Transcript.ofLenient(bomb))
                .containsExactly(
                        "malformed flows.log, line 2: expected a line of at most 65536 bytes, found one of 8000000",
                        "line 3: srcaddr=10.0.0.0 dstaddr=10.1.0.0 bytes=0",
                        "counts lines=3 records=1 malformed=1 headers=1 blank=0");
    }

    @Test
    void g11RepeatedLinesStopAtTheByteLimit() throws IOException {
        byte[] bomb = gzip(HEADER + "10.0.0.1 10.0.0.2 1\n".repeat(200_000));
        List<String> said =
                Transcript.ofRows(new ByteArrayInputStream(bomb), true, builder -> builder.maxBytes(1_000_000));
        assertThat(said.get(said.size() - 1))
                .isEqualTo(
                        "error LimitExceededException: flows.log: expected at most 1000000 bytes of text, found more;"
                                + " raise the limit to read it");
        assertThat(said).hasSizeLessThan(1_000_000 / 20 + 1);
    }

    @Test
    void g12AHeaderWithEverythingInItIsRead() throws IOException {
        byte[] head = GzipBytes.withHeaderCrc(
                GzipBytes.header(31, bytes(2, 0, 7, 7), "flows.log\0".getBytes(UTF_8), "by hand\0".getBytes(UTF_8)));
        byte[] file = join(head, GzipBytes.body((FIRST + SECOND).getBytes(UTF_8)));
        assertThat(Transcript.ofLenient(file)).isEqualTo(WHOLE);
        assertRefused(flip(file, 3, 0x80), "CorruptGzipException: flows.log, gzip member 1, compressed byte 3");
        assertRefused(flip(file, 2, 0x01), "CorruptGzipException: flows.log, gzip member 1, compressed byte 2");
    }

    @Test
    void g13ShortReadsGiveTheSame() throws IOException {
        for (int chunk = 1; chunk < 40; chunk++) {
            assertThat(Transcript.of(SlowStream.of(TWO_MEMBERS, chunk), true, Transcript.STRICT))
                    .isEqualTo(WHOLE);
            assertThat(Transcript.of(SlowStream.of((FIRST + SECOND).getBytes(UTF_8), chunk), true, Transcript.STRICT))
                    .isEqualTo(WHOLE);
        }
    }

    @Test
    void aStreamThatFailsAtItsEndIsNoticed() throws IOException {
        for (byte[] file : List.of(TWO_MEMBERS, (FIRST + SECOND).getBytes(UTF_8), new byte[0], gzip(""))) {
            InputStream failing = new SequenceInputStream(new ByteArrayInputStream(file), new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("expected 900 bytes, found 800");
                }
            });
            List<String> said = Transcript.of(failing, true, Transcript.STRICT);
            assertThat(said.get(said.size() - 1)).isEqualTo("error IOException: expected 900 bytes, found 800");
        }
    }
}
