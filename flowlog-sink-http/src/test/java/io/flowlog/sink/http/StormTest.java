package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.parser.FlowLogReader;
import io.flowlog.sink.http.testing.Connection;
import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Received;
import io.flowlog.sink.http.testing.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A lake that stores and then loses 30 % of its answers, and answers 10 % with 503 and 5 % with 429. {@code -Psoak}
 * sends a million records, the default build 50,000.
 */
@Timeout(600)
class StormTest {
    private static final int RECORDS = Integer.getInteger("flowlog.storm.records", 50_000);
    private static final int RECORDS_IN_A_BATCH = 100;
    private static final long SEED = Long.getLong("flowlog.storm.seed", 4711);

    /** Keeps what it got, by record id; the number of the record is in its {@code bytes}. */
    private static final class Storm implements Script {
        private final Random random = new Random(SEED);
        private final BitSet stored = new BitSet();
        private final Set<String> keysStored = new HashSet<>();
        private long storedTwice;
        private long foreign;

        @Override
        public void answer(Received request, Connection connection) throws IOException {
            int dice;
            synchronized (this) {
                dice = random.nextInt(100);
            }
            if (dice < 10) {
                connection.answer(503, "{}");
            } else if (dice < 15) {
                connection.answer(429, "{}", "Retry-After: 0");
            } else {
                store(request);
                if (dice < 35) {
                    connection.reset();
                } else if (dice < 45) {
                    connection.raw("HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"doc");
                    connection.close();
                } else {
                    connection.answer(200, Script.docCount(request));
                }
            }
        }

        private synchronized void store(Received request) {
            if (!keysStored.add(request.key())) {
                storedTwice++;
            }
            String id = "\"id\":\"" + Sinks.SOURCE.hex().orElseThrow() + "-";
            for (String line : request.lines()) {
                int at = line.indexOf(id);
                long lineNumber = Long.parseLong(line.substring(at + id.length(), line.length() - 2));
                String bytes = "\"bytes\":" + lineNumber + ",";
                if (at < 0 || !line.contains(bytes)) {
                    foreign++;
                }
                stored.set((int) lineNumber);
            }
        }
    }

    /** So many records; the column bytes of each is its line number. */
    private static InputStream source() {
        return new InputStream() {
            private byte[] line = FlowLogs.HEADER.getBytes(StandardCharsets.US_ASCII);
            private int at;
            private int lines = 1;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int from, int length) {
                if (at == line.length) {
                    if (lines > RECORDS) {
                        return -1;
                    }
                    lines++;
                    line = FlowLogs.LINE.replace(" 76 ", " " + lines + " ").getBytes(StandardCharsets.US_ASCII);
                    at = 0;
                }
                int count = Math.min(length, line.length - at);
                System.arraycopy(line, at, to, from, count);
                at += count;
                return count;
            }
        };
    }

    @Test
    void throughAStormTheLakeHasExactlyTheInputAfterDeduplicationAndPostsAreBounded() throws Exception {
        Storm storm = new Storm();
        try (RawLake lake = RawLake.start(storm);
                FlowLogReader reader = FlowLogReader.open(source());
                HttpSink sink = Sinks.to(lake)
                        .maxAttempts(40)
                        .maxBatchRecords(RECORDS_IN_A_BATCH)
                        .recordIdField("id")
                        .build()) {
            DeliveryReport report = sink.send(Sinks.SOURCE, reader, Duration.ofMinutes(9));

            long batches = (RECORDS + RECORDS_IN_A_BATCH - 1) / RECORDS_IN_A_BATCH;
            assertThat(report.records()).isEqualTo(RECORDS);
            assertThat(report.acknowledged()).isEqualTo(RECORDS);
            assertThat(report.batches()).isEqualTo(batches);
            synchronized (storm) {
                assertThat(storm.foreign).isZero();
                assertThat(storm.stored.cardinality()).isEqualTo(RECORDS);
                assertThat(storm.stored.nextSetBit(0)).isEqualTo(2);
                assertThat(storm.stored.length()).isEqualTo(RECORDS + 2);
                assertThat(storm.keysStored).hasSize((int) batches);
                assertThat(storm.storedTwice).isPositive();
            }
            assertThat(report.requests()).isEqualTo(report.batches() + report.retries());
            assertThat(lake.received().size())
                    .as("1 / 0.55 on average")
                    .isEqualTo((int) report.requests())
                    .isLessThan((int) (batches * 2.2));
        }
    }
}
