package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FlowLogReaderTest {
    private static final String HEADER = FlowLogFormat.DEFAULT.toString();
    private static final String LINE =
            "2 123456789012 eni-01ab234c5de6f78g9 10.0.0.4 10.0.0.5 123 33298 17 1 76 1640995465"
                    + " 1640995493 ACCEPT OK";

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<FlowLogRecord> read(String text) {
        List<FlowLogRecord> records = new ArrayList<>();
        FlowLogReader.open(stream(text)).forEach(records::add);
        return records;
    }

    @Test
    void readsRecordsByTheHeader() {
        List<FlowLogRecord> records = read(HEADER + "\n" + LINE + "\n" + LINE.replace(" 76 ", " - ") + "\n");

        assertThat(records).hasSize(2);
        FlowLogRecord first = records.get(0);
        assertThat(first.lineNumber()).isEqualTo(2);
        assertThat(first.get("srcaddr")).contains("10.0.0.4");
        assertThat(first.longValue(9, -1)).isEqualTo(76);
        assertThat(first.longValue(10, -1)).isEqualTo(1640995465L);
        assertThat(records.get(1).longValue(9, -1)).isEqualTo(-1);
        assertThat(records.get(1).get("bytes")).isEmpty();
        assertThat(first).isEqualTo(FlowLogFormat.DEFAULT.parseLine(LINE)).isNotEqualTo(records.get(1));
    }

    @Test
    void acceptsWhatTripsOtherParsers() {
        String odd = "\uFEFF" + HEADER + " \r\n\r\n  " + LINE.replace(" ", "  ") + " \r\n" + HEADER + "\n" + LINE;

        List<FlowLogRecord> records = read(odd);

        assertThat(records).extracting(FlowLogRecord::lineNumber).containsExactly(3L, 5L);
        assertThat(records.get(0)).isEqualTo(records.get(1));
    }

    @Test
    void saysSourceLineColumnExpectedAndFound() throws IOException {
        FlowLogReader reader = FlowLogReader.builder()
                .name("flows.log")
                .open(stream(HEADER + "\n" + LINE.replace(" 76 ", " x6 ") + "\n" + LINE + "\n"));

        assertThatThrownBy(reader::read)
                .isInstanceOf(FlowLogParseException.class)
                .hasMessage("flows.log, line 2, column bytes: expected - or an integer from 0 to 9223372036854775807,"
                        + " found \"x6\"");
        assertThat(reader.read()).isNotNull();
        assertThat(reader.read()).isNull();
        assertThat(reader.counts())
                .isEqualTo(new FlowLogCounts(3, 1, 0, 1, 1, 0, reader.counts().bytes()));
    }

    @Test
    void skipsALineOverTheLimitAndGoesOn() throws IOException {
        List<MalformedLine> malformed = new ArrayList<>();
        FlowLogReader reader = FlowLogReader.builder()
                .onMalformed(malformed::add)
                .maxLineLength(200)
                .open(stream(HEADER + "\n" + "x".repeat(300_000) + "\n" + LINE + "\n" + "y".repeat(201) + "\n" + LINE));

        assertThat(reader.read()).extracting(FlowLogRecord::lineNumber).isEqualTo(3L);
        assertThat(reader.read()).extracting(FlowLogRecord::lineNumber).isEqualTo(5L);
        assertThat(reader.read()).isNull();
        assertThat(malformed)
                .extracting(MalformedLine::reason)
                .containsExactly(
                        "expected a line of at most 200 bytes, found one of 300000",
                        "expected a line of at most 200 bytes, found one of 201");
    }

    @Test
    void readsAColumnNamedTwiceOnce() {
        FlowLogRecord record = read("version srcaddr srcaddr dstaddr\n2 10.0.0.1 10.0.0.9 10.0.0.2\n")
                .get(0);

        assertThat(record.format().columns()).containsExactly("version", "srcaddr", "dstaddr");
        assertThat(record.get("srcaddr")).contains("10.0.0.1");
        assertThat(record.get("dstaddr")).contains("10.0.0.2");
    }

    @Test
    void readingAfterCloseIsAnError() throws IOException {
        FlowLogReader reader =
                FlowLogReader.builder().name("flows.log").open(stream(HEADER + "\n" + LINE + "\n" + LINE + "\n"));
        assertThat(reader.read()).isNotNull();
        reader.close();
        reader.close();
        assertThatThrownBy(reader::read).isInstanceOf(IOException.class).hasMessage("flows.log: the reader is closed");
        assertThatThrownBy(reader::row).isInstanceOf(IllegalStateException.class);
        assertThat(reader.counts().records()).isEqualTo(1);
    }

    @Test
    void closingTheStreamClosesTheInput() {
        SlowStream in = SlowStream.of((HEADER + "\n" + LINE + "\n").getBytes(StandardCharsets.UTF_8), 100);
        try (Stream<FlowLogRecord> flows = FlowLogReader.open(in).stream()) {
            assertThat(flows).hasSize(1);
        }
        assertThat(in.closed()).isTrue();
    }

    @Test
    void aRecordIsAValueThatOutlivesItsReader() throws Exception {
        FlowLogRecord kept;
        try (FlowLogReader reader =
                FlowLogReader.open(stream(HEADER + "\n" + LINE + "\n" + LINE.replace("2", "3") + "\n"))) {
            kept = Objects.requireNonNull(reader.read());
            reader.forEach(flow -> {});
        }
        assertThat(CompletableFuture.supplyAsync(kept::srcaddr).get()).contains("10.0.0.4");
        assertThat(kept)
                .isEqualTo(FlowLogFormat.DEFAULT.parseLine(LINE))
                .hasSameHashCodeAs(FlowLogFormat.DEFAULT.parseLine(LINE))
                .hasToString(FlowLogFormat.DEFAULT.parseLine(LINE).toString().replace("line 1:", "line 2:"));
    }

    @Test
    void parsesOneLineAndNoMore() {
        assertThat(FlowLogFormat.DEFAULT.parseLine(LINE + "\n"))
                .isEqualTo(FlowLogFormat.DEFAULT.parseLine(LINE + "\r\n"));
        assertThatThrownBy(() -> FlowLogFormat.parse("srcaddr").parseLine("10.0.0.1\n10.0.0.2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected one line, found several: \"10.0.0.1\\u000a10.0.0.2\"");
    }

    @Test
    void keepsItsMessagesOnOneLineWhateverTheSourceIsCalled() {
        FlowLogReader reader =
                FlowLogReader.builder().name("a\nb\u001b[31m\u202e.log").open(stream("no header here\n"));

        assertThatThrownBy(reader::read).hasMessageStartingWith("a\\u000ab\\u001b[31m\\u202e.log, line 1: expected");
    }

    @Test
    void refusesNullWhereItIsGiven() {
        assertThatThrownBy(() -> FlowLogReader.open((InputStream) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> FlowLogFormat.DEFAULT.parseLine(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void losesNothingBetweenAnIteratorAndTheLowLevel() throws IOException {
        FlowLogReader reader = FlowLogReader.open(stream("srcaddr bytes\na 1\nb 2\nc 3\nd 4\n"));
        var iterator = reader.iterator();

        assertThat(iterator.hasNext()).isTrue();
        assertThat(reader.read()).extracting(FlowLogRecord::lineNumber).isEqualTo(2L);
        assertThat(iterator.hasNext()).isTrue();
        assertThat(reader.iterator().next().lineNumber()).isEqualTo(3);
        assertThat(iterator.next().lineNumber()).isEqualTo(4);
        assertThat(reader.advance()).isTrue();
        assertThat(reader.row().lineNumber()).isEqualTo(5);
        assertThat(iterator.hasNext()).isFalse();
        assertThat(reader.read()).isNull();
    }
}
