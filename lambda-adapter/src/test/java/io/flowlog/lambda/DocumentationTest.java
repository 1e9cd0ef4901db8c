package io.flowlog.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.lambda.Metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        for (String page : List.of("deploy.md", "operations.md")) {
            Matcher name = Pattern.compile("outputs? `([A-Za-z]+)`|parameter `([A-Za-z]+)`|`([A-Z][A-Za-z]+)=")
                    .matcher(read(page));
            while (name.find()) {
                String found =
                        name.group(1) != null ? name.group(1) : name.group(2) != null ? name.group(2) : name.group(3);
                assertThat(known).contains(found);
            }
        }
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static String read(String page) throws IOException {
        return Files.readString(Path.of("..", "docs", page));
    }
}
