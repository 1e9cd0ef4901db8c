package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every named query against the same answer computed in plain Java. */
class NamedQueryTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void answersAsPlainJavaDoesOverFilesOfOneFormat(long seed) throws Exception {
        List<Map<String, String>> records = new ArrayList<>();
        List<FlowInput> inputs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<Map<String, String>> some = new MadeUpFlows(seed * 10 + i, i == 1).records(800);
            records.addAll(some);
            inputs.add(FlowInput.of(
                    MadeUpFlows.write(folder.resolve(i + (i == 2 ? ".log" : ".log.gz")), MadeUpFlows.ALL, some)));
        }
        assertAnswers(inputs, records);
    }

    @Test
    void answersAsPlainJavaDoesOverFilesOfSeveralFormatsTogether() throws Exception {
        List<String> shuffled = new ArrayList<>(MadeUpFlows.ALL);
        Collections.shuffle(shuffled, new Random(5));
        List<String> version2 = MadeUpFlows.ALL.subList(0, 14);
        List<String> other = new ArrayList<>(shuffled);
        other.remove("some-future-field");
        other.add("another-new-field");
        List<Map<String, String>> records = new ArrayList<>();
        List<FlowInput> inputs = new ArrayList<>();
        int seed = 100;
        for (List<String> columns : List.of(version2, shuffled, other)) {
            List<Map<String, String>> some = new MadeUpFlows(seed++, false).records(700);
            records.addAll(MadeUpFlows.only(columns, some));
            inputs.add(FlowInput.of(MadeUpFlows.write(folder.resolve(seed + ".log.gz"), columns, some)));
        }
        assertAnswers(inputs, records);
    }

    private static void assertAnswers(List<FlowInput> inputs, List<Map<String, String>> records) throws Exception {
        PlainAnswers plain = new PlainAnswers(records);
        try (Databases flows = Databases.over(inputs)) {
            for (String name : NamedQuery.NAMES) {
                assertThat(flows.answer(name).rows()).as(name).isNotEmpty().isEqualTo(plain.of(name));
            }
        }
    }

    /** "Traffic through a NAT gateway", Amazon VPC User Guide, with the bytes that the page leaves out. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsEachByteOfTheDocumentedNatExampleOnce(boolean withDirection) throws Exception {
        String header = "instance-id interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr bytes";
        List<String> lines = List.of(
                "- eni-1235b8ca123456789 10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5 1000 ingress",
                "- eni-1235b8ca123456789 10.0.0.220 203.0.113.5 10.0.0.220 203.0.113.5 1000 egress",
                "- eni-1235b8ca123456789 203.0.113.5 10.0.0.220 203.0.113.5 10.0.0.220 50000 ingress",
                "- eni-1235b8ca123456789 10.0.0.220 10.0.1.5 203.0.113.5 10.0.1.5 50000 egress",
                "i-01234567890123456 eni-1111aaaa2222bbbb3 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5 1000 egress",
                "i-01234567890123456 eni-1111aaaa2222bbbb3 203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5 50000 ingress");
        List<String> written = withDirection
                ? lines
                : lines.stream().map(l -> l.substring(0, l.lastIndexOf(' '))).toList();
        Path file = folder.resolve("nat.log");
        Files.writeString(
                file, header + (withDirection ? " flow-direction" : "") + "\n" + String.join("\n", written) + "\n");
        try (Databases flows = Databases.over(file)) {
            assertThat(flows.answer("nat").rows())
                    .containsExactly(Rowset.rowOf("10.0.1.5", "203.0.113.5", "internet", 51000, 2));
        }
    }

    /** "Accepted and rejected traffic", Amazon VPC User Guide. */
    @Test
    void findsTheRejectedRemoteDesktopOfTheDocumentedExample() throws Exception {
        Path file = folder.resolve("default.log");
        Files.writeString(file, """
                version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status
                2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK
                2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK
                2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA
                2 123456789010 eni-11111111aaaaaaaaa - - - - - - - 1431280876 1431280934 - SKIPDATA
                """);
        try (Databases flows = Databases.over(file)) {
            assertThat(flows.answer("admin").rows())
                    .containsExactly(
                            Rowset.rowOf("172.31.16.139", "172.31.16.21", 22, "ACCEPT", 1, 4249),
                            Rowset.rowOf("172.31.9.69", "172.31.9.12", 3389, "REJECT", 1, 4249));
            assertThat(flows.answer("rejected").rows()).containsExactly(Rowset.rowOf("172.31.9.69", 1, 1, 1));
            assertThat(flows.answer("gaps").rows()).containsExactly(Rowset.rowOf("eni-11111111aaaaaaaaa", 1, 1));
            assertThat(flows.answer("timeline").rows())
                    .containsExactly(
                            Rowset.rowOf("2014-12-14T04:05Z", "ACCEPT", 1, 4249),
                            Rowset.rowOf("2014-12-14T04:05Z", "REJECT", 1, 4249),
                            Rowset.rowOf("2015-05-10T18:00Z", "NODATA", 1, null),
                            Rowset.rowOf("2015-05-10T18:00Z", "SKIPDATA", 1, null));
        }
    }

    @Test
    void limitsTheRows() throws Exception {
        Path file = MadeUpFlows.write(folder.resolve("a.log"), MadeUpFlows.ALL, new MadeUpFlows(7, false).records(500));
        try (Databases flows = Databases.over(file)) {
            Rowset three = new Rowset();
            flows.database.run(NamedQuery.of("talkers").orElseThrow(), 3, three);
            assertThat(three.rows()).isEqualTo(flows.answer("talkers").rows().subList(0, 3));
        }
    }

    @Test
    void knowsItsQueriesByName() {
        assertThat(NamedQuery.all()).hasSize(12).allSatisfy(query -> {
            assertThat(query.question()).matches("[A-Z].*[.?]");
            assertThat(query.needs()).isNotEmpty().allMatch(Column::isDocumented);
            assertThat(query.uses()).allMatch(Column::isDocumented);
        });
        assertThat(NamedQuery.of("select")).isEmpty();
    }
}
