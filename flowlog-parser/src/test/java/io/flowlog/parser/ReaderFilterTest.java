package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderFilterTest {
    private static final String LOG = """
            srcaddr dstport action
            10.0.0.1 22 REJECT
            10.0.0.2 x REJECT

            10.0.0.3 80 ACCEPT
            action dstport
            REJECT 443
            ACCEPT 22
            """;

    private static FlowLogReader.Builder filtering(String filter) {
        return FlowLogReader.builder().filter(FlowLogFilter.parse(filter)).onMalformed(line -> {});
    }

    private static FlowLogReader open(FlowLogReader.Builder builder, String text) {
        return builder.open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aReaderReturnsOnlyWhatTheFilterKeeps() throws IOException {
        try (FlowLogReader reader = open(filtering("action = REJECT"), LOG)) {
            assertThat(reader.stream().map(FlowLogRecord::lineNumber)).containsExactly(2L, 7L);
            assertThat(reader.counts()).isEqualTo(new FlowLogCounts(8, 2, 2, 1, 2, 1, LOG.length()));
        }
    }

    @Test
    void countsAddUpAfterEveryRecord() throws IOException {
        try (FlowLogReader reader = open(filtering("dstport in (22, 443)"), LOG)) {
            while (reader.advance()) {
                assertThat(reader.row().longValue(reader.row().format().indexOf("dstport"), -1))
                        .isIn(22L, 443L);
                FlowLogCounts c = reader.counts();
                assertThat(c.records() + c.filtered() + c.malformed() + c.headers() + c.blank())
                        .isEqualTo(c.lines());
            }
            assertThat(reader.counts().records()).isEqualTo(3);
            assertThat(reader.counts().filtered()).isEqualTo(1);
        }
    }

    @Test
    void withoutAFilterNothingIsFiltered() throws IOException {
        try (FlowLogReader reader = open(FlowLogReader.builder().onMalformed(line -> {}), LOG)) {
            assertThat(reader.stream()).hasSize(4);
            assertThat(reader.counts().filtered()).isZero();
        }
    }

    @Test
    void malformedLinesAreReportedWhateverTheFilterKeeps() throws IOException {
        List<MalformedLine> seen = new ArrayList<>();
        try (FlowLogReader reader = open(filtering("action = NOTHING").onMalformed(seen::add), LOG)) {
            assertThat(reader.read()).isNull();
        }
        assertThat(seen).extracting(MalformedLine::lineNumber).containsExactly(3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"srcaddr bytes\n10.0.0.1 1\n", "srcaddr bytes\n", "srcaddr bytes"})
    void aHeaderThatLacksAnUndocumentedFieldFails(String text) throws IOException {
        try (FlowLogReader reader = open(filtering("bytes > 0 and colour = red"), text)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(reader::read)
                        .isInstanceOf(FlowLogFilter.InvalidFilterException.class)
                        .hasMessageStartingWith("filter, character 15: ");
            }
        }
    }

    @Test
    void aLaterHeaderIsCheckedToo() throws IOException {
        String text = "colour bytes\nred 1\nblue 2\nsrcaddr bytes\n10.0.0.1 3\n";
        try (FlowLogReader reader = open(filtering("colour = red"), text)) {
            assertThat(reader.read()).isNotNull();
            assertThatThrownBy(reader::read).isInstanceOf(FlowLogFilter.InvalidFilterException.class);
        }
    }

    @Test
    void anEmptyInputNeedsNoField() throws IOException {
        try (FlowLogReader reader = open(filtering("colour = red"), "\n")) {
            assertThat(reader.read()).isNull();
        }
    }

    @Test
    void aFilterIsAPredicateOfRecords() throws IOException {
        FlowLogFilter filter = FlowLogFilter.parse("dstport = 22");
        try (FlowLogReader reader = open(FlowLogReader.builder().onMalformed(line -> {}), LOG)) {
            assertThat(reader.stream().filter(filter.negate()).map(FlowLogRecord::dstport))
                    .extracting(port -> port.orElse(-1))
                    .containsExactly(80L, 443L);
        }
    }

    @Test
    void threadsShareAFilter() throws Exception {
        FlowLogFilter filter = FlowLogFilter.parse("srcaddr = 10.0.0.0/8 and vpc-id in (vpc-1, vpc-2)");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                String columns = t % 2 == 0 ? "srcaddr vpc-id bytes" : "bytes vpc-id srcaddr";
                results.add(threads.submit(() -> {
                    int kept = 0;
                    for (int i = 0; i < 3_000; i++) {
                        String[] values = {i % 2 == 0 ? "10.0.0.1" : "8.8.8.8", "vpc-" + i % 3, "7"};
                        String line = columns.startsWith("srcaddr")
                                ? String.join(" ", values)
                                : String.join(" ", values[2], values[1], values[0]);
                        kept += filter.test(FlowLogFormat.parse(columns).parseLine(line)) ? 1 : 0;
                    }
                    return kept;
                }));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isEqualTo(1000);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void testingRowsOfFormatsInTurnAllocatesNothing() throws IOException {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        FlowLogFilter filter = FlowLogFilter.parse("""
                (action = REJECT or dstport in (22, 80, 443) or srcaddr in (10.0.0.0/8, 2001:db8::/32, ::1))
                and not addr = private and bytes > 10 and vpc-id like vpc-*1 and action in (a, b, ACCEPT, REJECT)
                or srcaddr < 9.9.9.9 or dstaddr != 8.8.8.8 and port != 53 or action > B and action is not absent
                """);
        String line = "8.8.8.8 2001:db8:1:2:3:4:5:6 443 22 5000 ACCEPT vpc-01";
        FlowLogRecord record = FlowLogFormat.parse("srcaddr dstaddr srcport dstport bytes action vpc-id")
                .parseLine(line);
        FlowLogRecord other = FlowLogFormat.parse("srcaddr dstaddr srcport dstport bytes action subnet-id")
                .parseLine(line);
        String text = "srcaddr dstaddr srcport dstport bytes action vpc-id\n" + (line + "\n").repeat(30_000);
        try (FlowLogReader reader = open(FlowLogReader.builder(), text)) {
            int kept = 0;
            long before = 0;
            for (int i = 0; i < 30_000; i++) {
                reader.advance();
                if (i == 10_000) {
                    before = thread.getCurrentThreadAllocatedBytes();
                }
                kept += filter.test(reader.row()) ? 1 : 0;
                kept += filter.test(record) ? 1 : 0;
                kept += filter.test(other) ? 1 : 0;
            }
            long allocated = thread.getCurrentThreadAllocatedBytes() - before;
            assertThat(kept).isEqualTo(90_000);
            assertThat(allocated).isLessThan(20_000);
        }
    }

    @Test
    void filteringOutARecordAllocatesNothing() throws IOException {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        String line = "8.8.8.8 443 ACCEPT\n";
        String text = "srcaddr dstport action\n" + line.repeat(60_000) + "8.8.8.8 443 REJECT\n";
        try (FlowLogReader reader = open(filtering("action = REJECT or dstport = 22 or srcaddr = 10.0.0.0/8"), text)) {
            assertThat(reader.format()).isPresent();
            long before = thread.getCurrentThreadAllocatedBytes();
            assertThat(reader.advance()).isTrue();
            long allocated = thread.getCurrentThreadAllocatedBytes() - before;
            assertThat(reader.counts().filtered()).isEqualTo(60_000);
            assertThat(allocated).isLessThan(60_000);
        }
    }
}
