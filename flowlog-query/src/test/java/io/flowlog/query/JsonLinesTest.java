package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.parser.FlowLogReader;
import io.flowlog.query.QueryException.Reason;
import io.flowlog.sink.http.NdjsonWriter;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lake's side: JSON lines as the sink sends them. */
class JsonLinesTest {
    @TempDir
    private Path folder;

    @Test
    void givesTheSameAnswersAsTheFlowLogThatTheLinesCameFrom() throws Exception {
        Path log = MadeUpFlows.write(
                folder.resolve("a.log.gz"), MadeUpFlows.ALL, new MadeUpFlows(11, false).records(1500));
        Path lake = folder.resolve("a.ndjson.gz");
        try (FlowLogReader flows = FlowLogReader.open(log);
                OutputStream out = new GZIPOutputStream(Files.newOutputStream(lake))) {
            NdjsonWriter writer = new NdjsonWriter(out);
            while (flows.advance()) {
                writer.write(flows.row());
            }
            writer.flush();
        }
        try (Databases fromLog = Databases.over(log);
                Databases fromLake = Databases.over(lake)) {
            for (String name : NamedQuery.NAMES) {
                assertThat(fromLake.answer(name).rows())
                        .as(name)
                        .isNotEmpty()
                        .isEqualTo(fromLog.answer(name).rows());
            }
            String all = "select * from flows order by all";
            assertThat(fromLake.sql(all).rows()).isEqualTo(fromLog.sql(all).rows());
        }
    }

    @Test
    void readsEveryMemberAndLinesOfDifferentColumns() throws Exception {
        Path lake = Files.write(
                folder.resolve("b.ndjson.gz"),
                Gzip.of(
                        "{\"srcaddr\":\"10.0.0.1\",\"bytes\":5}\n",
                        "\n{\"bytes\":7,\"account-id\":\"0012\",\"id\":3}\n"));
        try (Databases flows = Databases.over(lake)) {
            assertThat(flows.sql("select * from flows order by bytes").rows())
                    .containsExactly(Rowset.rowOf("10.0.0.1", 5, null, null), Rowset.rowOf(null, 7, "0012", "3"));
        }
    }

    @Test
    void leavesOutAndReportsLinesThatAreNoFlatObject() throws Exception {
        Path lake = Files.writeString(folder.resolve("c.ndjson"), """
                {"srcaddr":"10.0.0.1","bytes":5}
                {"srcaddr":"10.0.0.1","bytes":
                {"srcaddr":{"a":1},"bytes":5}
                {"srcaddr":"10.0.0.1","bytes":-5}
                {"srcaddr":"10.0.0.1","bytes":1.5}
                [1]
                {"srcaddr":"10.0.0.1","bytes":6} {}
                {"srcaddr":"10.0.0.2","bytes":8}""");
        try (Databases flows = Databases.over(lake)) {
            assertThat(flows.sql("select sum(bytes), count(srcaddr) from flows").rows())
                    .containsExactly(Rowset.rowOf(13, 2));
            assertThat(flows.database.malformed()).isEqualTo(6);
            assertThat(flows.said).hasSize(6).allMatch(line -> line.startsWith(lake + ", line "));
            assertThat(flows.said.get(2))
                    .isEqualTo(lake
                            + ", line 4: column bytes: expected an integer from 0 to 9223372036854775807, found -5");
        }
    }

    @Test
    void failsForDamagedGzip() throws Exception {
        byte[] one = Gzip.of("{\"bytes\":5}\n");
        byte[] two = Gzip.of("{\"bytes\":5}\n", "{\"bytes\":6}\n");
        byte[] header = two.clone();
        header[one.length + 1] ^= 1;
        byte[] crc = two.clone();
        crc[crc.length - 7] ^= 1;
        for (byte[] bad :
                List.of(Arrays.copyOf(two, two.length - 3), Arrays.copyOf(two, one.length + 7), header, crc)) {
            Path lake = Files.write(folder.resolve("d.ndjson.gz"), bad);
            try (Databases flows = Databases.over(lake)) {
                assertThatThrownBy(() -> flows.sql("select sum(bytes) from flows"))
                        .isInstanceOfSatisfying(
                                QueryException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED_INPUT))
                        .hasMessageStartingWith(lake + ": ");
            }
        }
    }
}
