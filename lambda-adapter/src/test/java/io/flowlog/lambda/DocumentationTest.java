package io.flowlog.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.flowlog.lambda.Metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `((?:DASSANA|FLOWLOG)_[A-Z_]+)` \\| (?:`([^`]*)`)? ?\\| ([^|]*) \\|");

    @Test
    void configurationListsEverySettingWithItsDefaultAndItsParameter() throws IOException {
        Map<String, String> defaults = new TreeMap<>();
        List<String> parameters = new ArrayList<>();
        Matcher row = ROW.matcher(read("configuration.md"));
        while (row.find()) {
            defaults.put(row.group(1), row.group(2) == null ? "" : row.group(2));
            Matcher parameter = Pattern.compile("`([A-Za-z]+)`").matcher(row.group(3));
            while (parameter.find()) {
                parameters.add(parameter.group(1));
            }
        }
        assertThat(defaults.keySet()).isEqualTo(new TreeSet<>(Settings.NAMES));
        assertThat(Template.load().section("Parameters").keySet()).containsAll(parameters);
        defaults.put("DASSANA_TOKEN", "token-1");
        assertThat(Settings.from(defaults)).isEqualTo(Settings.from(Map.of("DASSANA_TOKEN", "token-1")));
    }

    @Test
    void operationsNamesEveryMetricAndEveryAlarm() throws IOException {
        String text = read("operations.md");
        for (Metric metric : Metric.values()) {
            assertThat(text).contains("`" + metric.metricName + "`");
        }
        Template.load()
                .resources("AWS::CloudWatch::Alarm")
                .keySet()
                .forEach(alarm -> assertThat(text).contains("| `" + alarm + "` |"));
    }

    @Test
    void noCommandReplacesNotificationsThatItHasNotRead() throws IOException {
        for (String page : List.of("deploy.md", "operations.md")) {
            String text = read(page);
            int puts = count(text, "aws s3api put-bucket-notification-configuration");
            assertThat(count(text, "aws s3api get-bucket-notification-configuration"))
                    .isEqualTo(puts);
            assertThat(count(text, "file://after.json")).isEqualTo(puts);
        }
    }

    @Test
    void everyParameterAndOutputThatIsNamedExists() throws IOException {
        Set<String> known = new TreeSet<>(Template.load().section("Parameters").keySet());
        known.addAll(Template.load().section("Outputs").keySet());
        for (String page : List.of("deploy.md", "operations.md", "cost.md")) {
            Matcher name = Pattern.compile("outputs? `([A-Za-z]+)`|parameter `([A-Za-z]+)`|`([A-Z][A-Za-z]+)=")
                    .matcher(read(page));
            while (name.find()) {
                String found =
                        name.group(1) != null ? name.group(1) : name.group(2) != null ? name.group(2) : name.group(3);
                assertThat(known).contains(found);
            }
        }
    }

    @Test
    void theCostsAddUp() throws IOException {
        String cost = read("cost.md");
        double perThousand = sum(section(cost, "## Per 1,000 objects"));
        assertThat(perThousand).isEqualTo(0.0085, within(0.00005));
        assertThat(sum(section(cost, "## Per month"))).isEqualTo(9.46, within(0.005));
        assertThat(cost).contains(Metrics.Metric.values().length + " custom metrics");
        double second = 1769 / 1024.0 * 0.0000133334;
        double compute = 1e12 / 60e6 * second;
        assertThat(compute).isEqualTo(0.38, within(0.005));
        Matcher row = Pattern.compile(
                        "(?m)^\\| (\\d+) (KB|MB)[^|]*\\| [0-9,]+ \\| [0-9.]+ \\| 0\\.38 \\| ([0-9.]+) \\|")
                .matcher(section(cost, "## By object size"));
        int rows = 0;
        while (row.find()) {
            double size = Double.parseDouble(row.group(1)) * (row.group(2).equals("KB") ? 1e3 : 1e6);
            double together = 1e12 / size / 1000 * perThousand + compute;
            assertThat(Double.parseDouble(row.group(3))).isCloseTo(together, withinPercentage(1.0));
            rows++;
        }
        assertThat(rows).isEqualTo(6);
        row = Pattern.compile("(?m)^\\| ([0-9,]+) a minute \\| (\\d+) (KB|MB) \\| ([0-9.]+) s \\| (\\d+) \\|")
                .matcher(section(cost, "## Concurrency"));
        rows = 0;
        while (row.find()) {
            double size = Double.parseDouble(row.group(2)) * (row.group(3).equals("KB") ? 1e3 : 1e6);
            double time = 0.2 + size / 60e6;
            assertThat(Double.parseDouble(row.group(4))).isEqualTo(time, within(0.05));
            double concurrency = Double.parseDouble(row.group(1).replace(",", "")) / 60 * time;
            assertThat(Double.parseDouble(row.group(5))).isEqualTo(Math.max(1, concurrency), within(0.6));
            rows++;
        }
        assertThat(rows).isEqualTo(5);
    }

    /** The second cells of a table's rows, without the row of the sum, which must be the same. */
    private static double sum(String section) {
        double sum = 0;
        double together = Double.NaN;
        Matcher row =
                Pattern.compile("(?m)^\\| ([^|]+) \\| \\**([0-9.]+)\\** \\|").matcher(section);
        while (row.find()) {
            double value = Double.parseDouble(row.group(2));
            if (row.group(1).equals("**together**")) {
                together = value;
            } else {
                sum += value;
            }
        }
        assertThat(together).isEqualTo(sum, within(0.00001));
        return sum;
    }

    private static String section(String page, String title) {
        int at = page.indexOf(title);
        assertThat(at).as(title).isNotNegative();
        int end = page.indexOf("\n## ", at);
        return page.substring(at, end < 0 ? page.length() : end);
    }

    /** Anchors as GitHub makes them of headings. */
    @Test
    void everyLinkBetweenThePagesForOperatorsLeadsSomewhere() throws IOException {
        for (String page : List.of("deploy.md", "operations.md", "cost.md")) {
            Matcher link = Pattern.compile("\\]\\(([a-z-]*\\.md)?(?:#([a-z0-9-]+))?\\)")
                    .matcher(read(page));
            while (link.find()) {
                String target = link.group(1) == null ? page : link.group(1);
                assertThat(Path.of("..", "docs", target)).isRegularFile();
                if (link.group(2) != null) {
                    assertThat(anchors(read(target))).contains(link.group(2));
                }
            }
        }
    }

    private static Set<String> anchors(String text) {
        Set<String> anchors = new TreeSet<>();
        Matcher heading = Pattern.compile("(?m)^#+ (.+)$").matcher(text);
        while (heading.find()) {
            anchors.add(heading.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9 -]", "")
                    .replace(' ', '-'));
        }
        return anchors;
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static String read(String page) throws IOException {
        return Files.readString(Path.of("..", "docs", page));
    }
}
