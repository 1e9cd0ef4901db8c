package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.sample.SampleFormat;
import io.flowlog.sample.SampleGenerator;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The time of {@code talkers} against DuckDB's own {@code read_csv}: the same file and query, one process, one thread, rounds
 * in turn. Run it on a quiet machine; docs/performance.md has the command.
 */
@EnabledIfSystemProperty(named = "flowlog.speed", matches = "true")
class TalkersSpeedTest {
    private static final int ROUNDS = 7;

    @TempDir
    private Path folder;

    @Test
    void isFasterThanReadCsvOfTheSameFile() throws Exception {
        Path file = folder.resolve("flows.log.gz");
        try (OutputStream out = new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), 1 << 16)) {
            new SampleGenerator(SampleFormat.V5, SampleGenerator.DEFAULT_SEED).writeRecords(out, 1_000_000);
        }
        String talkers = NamedQuery.of("talkers").orElseThrow().sql();
        String csv = talkers.replace(
                "from flows",
                "from read_csv(" + Sql.text(file.toString()) + ", delim = ' ', header = true, nullstr = '-')");
        long[] ours = new long[ROUNDS];
        long[] theirs = new long[ROUNDS];
        try (Databases flows = Databases.onOneThread(file)) {
            for (int round = -1; round < ROUNDS; round++) {
                long start = System.nanoTime();
                Rowset own = flows.sql(talkers);
                long middle = System.nanoTime();
                Rowset other = flows.sql(csv);
                long end = System.nanoTime();
                assertThat(own.rows()).hasSizeGreaterThan(1000).isEqualTo(other.rows());
                // The first round is for the JIT compiler.
                if (round >= 0) {
                    ours[round] = middle - start;
                    theirs[round] = end - middle;
                }
            }
        }
        Arrays.sort(ours);
        Arrays.sort(theirs);
        System.out.printf(
                "talkers, median of %d: flowlog %.2f s, read_csv %.2f s; minimum: %.2f s, %.2f s%n",
                ROUNDS, ours[ROUNDS / 2] / 1e9, theirs[ROUNDS / 2] / 1e9, ours[0] / 1e9, theirs[0] / 1e9);
        assertThat(ours[ROUNDS / 2]).isLessThan(theirs[ROUNDS / 2]);
        assertThat(ours[0]).isLessThan(theirs[0]);
    }
}
