package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.query.QueryException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code flows} holds, for any SQL. */
class FlowDatabaseTest {
    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertFails(ThrowingCallable call, Reason reason, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageNotContaining("\n")
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    @Test
    void spellsColumnsAsAthenaDoesAndKeepsAbsentOnesNull() throws Exception {
        Path file =
                file("a.log", "account-id bytes pkt-srcaddr new-thing\n0012 9223372036854775807 - x%20y\n- - ::1 -\n");
        try (Databases flows = Databases.over(file)) {
            Rowset all = flows.sql("select *, typeof(bytes), typeof(new_thing) from flows");
            assertThat(all.columns()).startsWith("account_id", "bytes", "pkt_srcaddr", "new_thing");
            assertThat(all.rows())
                    .containsExactly(
                            Rowset.rowOf("0012", Long.MAX_VALUE, null, "x%20y", "BIGINT", "VARCHAR"),
                            Rowset.rowOf(null, null, "::1", null, "BIGINT", "VARCHAR"));
        }
    }

    @Test
    void addsUpBeyondTheLargestLong() throws Exception {
        Path file = file("a.log", "bytes action\n9223372036854775807 ACCEPT\n9223372036854775807 ACCEPT\n");
        try (Databases flows = Databases.over(file)) {
            assertThat(flows.sql("select sum(bytes) from flows").rows())
                    .containsExactly(Rowset.rowOf("18446744073709551614"));
        }
    }

    @Test
    void putsInputsOfDifferentHeadersTogether() throws Exception {
        Path one = file("1.log", "srcaddr bytes\n10.0.0.1 5\n");
        Path other = file("2.log", "bytes action dstaddr\n7 ACCEPT 10.0.0.2\n");
        try (Databases flows = Databases.over(one, other)) {
            assertThat(flows.sql("select * from flows order by bytes").rows())
                    .containsExactly(
                            Rowset.rowOf("10.0.0.1", 5, null, null), Rowset.rowOf(null, 7, "ACCEPT", "10.0.0.2"));
        }
    }

    @Test
    void findsColumnsOfAHeaderInTheMiddleOfAFile() throws Exception {
        Path file = file("a.log", "srcaddr bytes\n10.0.0.1 5\nsrcaddr bytes tcp-flags\n10.0.0.2 6 18\n");
        try (Databases flows = Databases.over(file)) {
            assertThat(flows.sql("select sum(bytes) from flows").rows()).containsExactly(Rowset.rowOf(11));
        }
        try (Databases flows = Databases.over(file)) {
            assertThat(flows.sql("select * from flows order by bytes").rows())
                    .containsExactly(Rowset.rowOf("10.0.0.1", 5, null), Rowset.rowOf("10.0.0.2", 6, 18));
        }
        try (Databases flows = Databases.over(file)) {
            assertThat(flows.sql("select max(tcp_flags) from flows").rows()).containsExactly(Rowset.rowOf(18));
        }
    }

    @Test
    void findsColumnsOfAHeaderBehindManyRecords() throws Exception {
        Path file =
                file("a.log", "srcaddr bytes\n" + "10.0.0.1 5\n".repeat(10_000) + "srcaddr bytes end\n10.0.0.2 6 9\n");
        try (Databases flows = Databases.over(file)) {
            assertThat(flows.sql("select * from flows").rows())
                    .hasSize(10_001)
                    .contains(Rowset.rowOf("10.0.0.2", 6, 9));
        }
    }

    @Test
    void readsManyFilesInParallelWithoutLosingOne() throws Exception {
        List<FlowInput> inputs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            inputs.add(FlowInput.of(file(i + ".log", "bytes action\n" + (i + " ACCEPT\n").repeat(i))));
        }
        try (Databases flows = Databases.over(inputs)) {
            long sum = 0;
            for (long i = 0; i < 60; i++) {
                sum += i * i;
            }
            assertThat(flows.sql("select count(*), sum(bytes), count(distinct bytes) from flows")
                            .rows())
                    .containsExactly(Rowset.rowOf(59 * 60 / 2, sum, 59));
        }
    }

    @Test
    void readsOneFileByTheTableFunction() throws Exception {
        Path file = file("a 'quoted'.log", "bytes action\n5 ACCEPT\n");
        try (Databases flows = Databases.over(List.of())) {
            assertThat(flows.sql("select * from flows(" + Sql.text(file.toString()) + ")")
                            .rows())
                    .containsExactly(Rowset.rowOf(5, "ACCEPT"));
        }
    }

    @Test
    void keepsTextThatIsNotUtf8AndTextWithNul() throws Exception {
        Path file = folder.resolve("a.log");
        Files.write(file, "action srcaddr\nACC\u00ffEPT \u00e9\0x\n".getBytes(StandardCharsets.ISO_8859_1));
        try (Databases flows = Databases.over(file)) {
            assertThat(flows.sql("select * from flows").rows())
                    .containsExactly(Rowset.rowOf("ACC\ufffdEPT", "\ufffd\0x"));
        }
    }

    @Test
    void answersNothingAboutInputsWithoutRecords() throws Exception {
        Path empty = file("empty.log", "");
        Path header = file("header.log", "srcaddr dstaddr bytes packets\n");
        try (Databases flows = Databases.over(empty)) {
            assertThat(flows.answer("nat").rows()).isEmpty();
        }
        try (Databases flows = Databases.over(empty, header)) {
            assertThat(flows.answer("talkers").rows()).isEmpty();
            assertThat(flows.said).isEmpty();
        }
    }

    @Test
    void countsAMalformedLineOnceHoweverOftenItIsRead() throws Exception {
        Path file = file(
                "a.log",
                "srcaddr bytes action\n10.0.0.1 5\n" + "10.0.0.1 x ACCEPT\n".repeat(12) + "10.0.0.1 5 ACCEPT\n");
        try (Databases flows = Databases.over(file)) {
            assertThat(flows.sql("select count(*) from flows a join flows b on a.bytes = b.bytes")
                            .rows())
                    .containsExactly(Rowset.rowOf(1));
            assertThat(flows.database.malformed()).isEqualTo(13);
            flows.database.finish();
            assertThat(flows.said).hasSize(11);
            assertThat(flows.said.get(0)).startsWith(file + ", line 2: expected 3 columns, found 2");
            assertThat(flows.said.get(1)).contains("line 3, column bytes");
            assertThat(flows.said.get(10)).isEqualTo(file + ": 3 more malformed lines, 13 in all");
        }
    }

    @Test
    void failsForADamagedFileBetweenGoodOnes() throws Exception {
        String text = "srcaddr bytes action\n" + "10.0.0.1 5 ACCEPT\n".repeat(5000);
        byte[] whole = Gzip.of(text);
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 5);
        byte[] flipped = whole.clone();
        flipped[flipped.length - 6] ^= 1;
        for (byte[] bad : List.of(cut, flipped)) {
            Path one = Files.write(folder.resolve("1.log.gz"), whole);
            Path damaged = Files.write(folder.resolve("2.log.gz"), bad);
            Path three = Files.write(folder.resolve("3.log.gz"), whole);
            try (Databases flows = Databases.over(one, damaged, three)) {
                assertFails(() -> flows.sql("select sum(bytes) from flows"), Reason.DAMAGED_INPUT, damaged.toString());
            }
        }
    }

    @Test
    void failsForAFileThatIsNoFlowLog() throws Exception {
        Path file = file("readme.txt", "Hello World\n");
        try (Databases flows = Databases.over(file)) {
            assertFails(() -> flows.sql("select 1 from flows"), Reason.NO_INPUT, "not a flow log", file.toString());
        }
        Path missing = folder.resolve("missing.log");
        try (Databases flows = Databases.over(missing)) {
            assertFails(() -> flows.sql("select 1 from flows"), Reason.NO_INPUT, missing + ": no such file");
        }
    }

    @Test
    void saysWhatIsWrongWithSql() throws Exception {
        Path file = file("a.log", "srcaddr bytes\n10.0.0.1 5\n");
        try (Databases flows = Databases.over(file)) {
            assertFails(() -> flows.sql("selekt 1"), Reason.SQL, "syntax error", "selekt");
            assertFails(() -> flows.sql("select nosuch(bytes) from flows"), Reason.SQL, "nosuch");
            assertFails(() -> flows.sql("select * from flowz"), Reason.SQL, "flowz");
            assertFails(() -> flows.sql("select cast(srcaddr as integer) from flows"), Reason.SQL, "10.0.0.1");
        }
    }

    @Test
    void saysWhichColumnIsMissingAndHowToGetIt() throws Exception {
        Path file = file("a.log", "srcaddr bytes\n10.0.0.1 5\n");
        try (Databases flows = Databases.over(file)) {
            assertFails(
                    () -> flows.sql("select pkt_srcaddr from flows"),
                    Reason.MISSING_COLUMN,
                    "the input does not have the column pkt_srcaddr",
                    "${pkt-srcaddr}");
            assertFails(
                    () -> flows.sql("select f.sorcaddr from flows f"),
                    Reason.MISSING_COLUMN,
                    "there is no column sorcaddr; the input has srcaddr, bytes");
            assertFails(
                    () -> flows.answer("nat"),
                    Reason.MISSING_COLUMN,
                    "nat needs the columns dstaddr, pkt_srcaddr and pkt_dstaddr",
                    "${dstaddr} ${pkt-srcaddr} ${pkt-dstaddr}");
        }
    }

    @Test
    void reportsTheInputsThatAnAnswerLeavesOut() throws Exception {
        Path old = file("old.log", "srcaddr dstaddr bytes packets\n10.0.0.1 10.0.0.2 5 1\n");
        Path fresh = file(
                "new.log", "srcaddr dstaddr bytes pkt-srcaddr pkt-dstaddr\n10.0.0.1 10.0.0.2 5 10.0.0.1 192.0.2.1\n");
        try (Databases flows = Databases.over(old, fresh)) {
            assertThat(flows.answer("nat").rows()).hasSize(1);
            assertThat(flows.said)
                    .containsExactly(
                            old + ": does not have the columns pkt_srcaddr and pkt_dstaddr; the answer to nat leaves"
                                    + " its records out");
        }
    }

    @Test
    void saysWhenMemoryOrSpaceForTemporaryFilesRunsOut() throws Exception {
        StringBuilder text = new StringBuilder("srcaddr bytes\n");
        for (int i = 0; i < 300_000; i++) {
            text.append("host-number-")
                    .append(i)
                    .append("-with-a-long-name ")
                    .append(i)
                    .append('\n');
        }
        Path file = file("a.log", text.toString());
        String sorted = "select * from flows order by srcaddr desc";
        try (Databases flows = Databases.withMemory(8 << 20, file)) {
            flows.sql("set max_temp_directory_size = '1MB'");
            assertFails(() -> flows.sql(sorted), Reason.NO_SPACE, "no space left in", "--temp");
        }
        try (Databases flows = Databases.withMemory(1 << 20, file)) {
            flows.sql("set temp_directory = ''");
            assertFails(() -> flows.sql(sorted), Reason.NO_SPACE, "--memory");
        }
        try (Databases flows = Databases.withMemory(64 << 20, file)) {
            assertThat(flows.sql(sorted).rows()).hasSize(300_000);
        }
    }

    @Test
    void decodesOnlyTheColumnsThatAreAskedFor() {
        List<Integer> touched = new ArrayList<>();
        RowBuffer buffer = new RowBuffer(List.of(Column.of("bytes"), Column.of("srcaddr")), java.util.Set.of(), 4);
        buffer.put(0, new RecordingRow(touched), new int[] {9, 3});
        assertThat(touched).containsOnly(9, 3);
    }
}
