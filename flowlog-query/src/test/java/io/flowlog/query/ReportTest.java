package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
    void isDrawnInABrowserWithoutErrorsAndWithoutRunningValues() throws Exception {
        String browser = Arrays.stream(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, "chromium"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        assumeTrue(!browser.isEmpty(), "skipped: there is no chromium on the PATH, so the page is not drawn");
        Path report = Files.writeString(folder.resolve("report.html"), page(List.of(hostile())));
        Path dom = folder.resolve("dom.html");
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(
                        browser,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--host-resolver-rules=MAP * ~NOTFOUND",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--virtual-time-budget=3000",
                        "--enable-logging=stderr",
                        "--dump-dom",
                        report.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String drawn = Files.readString(dom);
        assertThat(drawn)
                .contains("<title>Flow log report</title>")
                .containsPattern("id=\"bytes\" data-points=\"\\d+\"")
                .containsPattern("id=\"flows\" data-points=\"\\d+\"")
                .contains("<path d=\"M")
                .doesNotContain("<img");
        assertThat(Files.readString(log)).doesNotContain(":CONSOLE");
    }
}
