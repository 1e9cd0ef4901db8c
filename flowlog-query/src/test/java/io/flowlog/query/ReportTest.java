package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report's page as text, and in a browser where there is one. */
class ReportTest {
    private static final String HOSTILE = "</script><img/src=x/onerror=document.title='ran'>";

    @TempDir
    private Path folder;

    private String page(List<FlowInput> inputs) throws Exception {
        try (Databases flows = Databases.over(inputs)) {
            return new ReportPage(new ReportData(flows.database, inputs, 0.045, 0.02).read()).html();
        }
    }

    private FlowInput hostile() throws Exception {
        List<Map<String, String>> records = new MadeUpFlows(31, false).records(400);
        for (Map<String, String> record : records.subList(0, 60)) {
            record.replaceAll((name, value) -> name.contains("addr")
                            || name.contains("service")
                            || name.equals("az-id")
                            || name.equals("interface-id")
                            || name.equals("action")
                    ? HOSTILE
                    : value);
        }
        return FlowInput.of(MadeUpFlows.write(folder.resolve("<img src=x onerror=y>.log"), MadeUpFlows.ALL, records));
    }

    @Test
    void holdsValuesOfLogsAsTextOnly() throws Exception {
        String page = page(List.of(hostile()));
        assertThat(page)
                .doesNotContain("<img")
                .contains("&lt;/script&gt;&lt;img")
                .contains("default-src 'none'")
                .doesNotContain(" style=\"")
                .doesNotContainPattern("(src|href)=\"http");
        assertThat(page.length()).isLessThan(500_000);
    }

    @Test
    void saysOfAPanelWhichColumnsAreMissing() throws Exception {
        List<String> version2 = MadeUpFlows.ALL.subList(0, 14);
        Path file = MadeUpFlows.write(folder.resolve("2.log"), version2, new MadeUpFlows(32, false).records(200));
        assertThat(page(List.of(FlowInput.of(file))))
                .contains("The input does not have the columns pkt_srcaddr and pkt_dstaddr.")
                .contains("The input does not have the columns pkt_srcaddr, az_id and flow_direction.");
    }

    @Test
    void isAPageForInputsWithoutRecords() throws Exception {
        Path file = Files.writeString(folder.resolve("empty.log"), "");
        assertThat(page(List.of(FlowInput.of(file)))).contains("<b>0</b><span>records</span>");
    }

    @Test
    void isSmallHoweverLongValuesAreAndHoweverWideTheTimes() throws Exception {
        StringBuilder text = new StringBuilder("srcaddr dstaddr bytes packets start action\n");
        for (int i = 0; i < 3000; i++) {
            text.append("x".repeat(5000) + i + " y 1 1 " + i * 1_000_000L + " ACCEPT\n");
        }
        Path file = Files.writeString(folder.resolve("long.log"), text);
        assertThat(page(List.of(FlowInput.of(file))).length()).isLessThan(200_000);
    }

    @Test
    void showsThePortsThatARejectedSourceTriesMost() throws Exception {
        Path file = Files.writeString(folder.resolve("rejected.log"), """
                srcaddr dstaddr dstport action
                192.0.2.1 10.0.0.1 22 REJECT
                192.0.2.1 10.0.0.2 3389 REJECT
                192.0.2.1 10.0.0.3 3389 REJECT
                192.0.2.2 10.0.0.3 8081 REJECT
                192.0.2.2 10.0.0.3 22 ACCEPT
                """);
        assertThat(page(List.of(FlowInput.of(file))))
                .contains("<th>most tried ports</th>")
                .contains("<td>3389 RDP, 22 SSH</td>")
                .contains("<td>8081</td>");
    }

    @Test
    void hasDrawnInABrowserWhatTheDataSay() throws Exception {
        List<Map<String, String>> records = new MadeUpFlows(33, false).records(2000);
        Path file = MadeUpFlows.write(folder.resolve("a.log"), MadeUpFlows.ALL, records);
        List<FlowInput> inputs = List.of(FlowInput.of(file));
        DrawnPage drawn = DrawnPage.of(page(inputs), folder);
        PlainAnswers plain = new PlainAnswers(records);
        for (String name : List.of("talkers", "ports", "nat", "zones", "services", "unanswered", "gaps")) {
            List<String> columns = columns(inputs, name);
            assertThat(drawn.rows(name)).as(name).isEqualTo(shown(columns, plain.of(name)));
        }
        assertThat(drawn.rows("rejected").stream().map(row -> row.subList(0, 4)))
                .isEqualTo(shown(columns(inputs, "rejected"), plain.of("rejected")));

        assertThat(drawn.number("bytes", "total")).isEqualTo(sum(records, "bytes", r -> true));
        assertThat(drawn.number("bytes", "accepted")).isEqualTo(sum(records, "bytes", ReportTest::isNotRejected));
        assertThat(drawn.number("flows", "total")).isEqualTo(records.size());
        assertThat(drawn.number("flows", "accepted"))
                .isEqualTo(records.stream().filter(ReportTest::isNotRejected).count());
        assertThat(drawn.tiles())
                .containsExactly(
                        String.format("%,d records", records.size()),
                        Cells.bytes(sum(records, "bytes", r -> true)) + " of traffic as all interfaces saw it",
                        count(records, "action", "ACCEPT") + " accepted flows",
                        count(records, "action", "REJECT") + " rejected flows",
                        count(records, "log-status", "NODATA") + " intervals without traffic",
                        count(records, "log-status", "SKIPDATA") + " intervals with skipped records",
                        "0 malformed lines, skipped",
                        cost(inputs, "nat", plain, 45) + " through NAT gateways in this time",
                        cost(inputs, "zones", plain, 20) + " between zones in this time");
        try (Databases flows = Databases.over(inputs)) {
            ReportData.Panel expected =
                    new ReportData(flows.database, inputs, 0, 0).read().conversations();
            assertThat(drawn.arrows())
                    .containsExactlyInAnyOrderElementsOf(expected.rows().stream()
                            .map(row -> row[0] + " to " + row[1] + ": " + row[2])
                            .toList());
        }
        assertThat(drawn.console()).isEmpty();
    }

    private static String count(List<Map<String, String>> records, String column, String value) {
        return String.format(
                "%,d", records.stream().filter(r -> value.equals(r.get(column))).count());
    }

    /** The cost of a question's bytes at a price for 10^12 bytes, to four places: what is less is not shown. */
    private static String cost(List<FlowInput> inputs, String name, PlainAnswers plain, long price) throws Exception {
        int bytes = columns(inputs, name).indexOf("bytes");
        long sum = plain.of(name).stream()
                .mapToLong(row -> Long.parseLong(String.valueOf(row.get(bytes))))
                .sum();
        assertThat(sum).as(name).isPositive();
        String dollars = BigDecimal.valueOf(sum)
                .multiply(BigDecimal.valueOf(price))
                .movePointLeft(12)
                .setScale(4, RoundingMode.HALF_UP)
                .toPlainString();
        return "$" + dollars + " " + Cells.bytes(sum);
    }

    private static boolean isNotRejected(Map<String, String> record) {
        return !"REJECT".equals(record.get("action"));
    }

    private static long sum(List<Map<String, String>> records, String column, Predicate<Map<String, String>> which) {
        return records.stream()
                .filter(which)
                .mapToLong(r -> Long.parseLong(r.getOrDefault(column, "0")))
                .sum();
    }

    private static List<String> columns(List<FlowInput> inputs, String name) throws Exception {
        try (Databases flows = Databases.over(inputs)) {
            return flows.answer(name).columns();
        }
    }

    private static List<List<String>> shown(List<String> columns, List<List<@Nullable String>> rows) {
        return rows.stream()
                .limit(10)
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(c -> Cells.of(columns.get(c), numberOrText(row.get(c))))
                        .toList())
                .toList();
    }

    private static @Nullable Object numberOrText(@Nullable String value) {
        return value != null && value.matches("\\d+") ? Long.valueOf(value) : value;
    }

    @Test
    void showsHostileValuesInABrowserAsText() throws Exception {
        DrawnPage drawn = DrawnPage.of(page(List.of(hostile())), folder);
        assertThat(drawn.html()).contains("<title>Flow log report</title>").doesNotContain("<img");
        assertThat(drawn.rows("talkers").stream().flatMap(List::stream)).contains(HOSTILE);
        assertThat(drawn.rows("gaps").stream().flatMap(List::stream)).contains(HOSTILE);
        assertThat(drawn.arrows()).isNotEmpty();
        assertThat(drawn.console()).isEmpty();
    }
}
