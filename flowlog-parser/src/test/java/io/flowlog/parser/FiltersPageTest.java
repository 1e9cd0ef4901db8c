package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the examples in docs/filters.md against the code. */
class FiltersPageTest {
    private static List<String> page() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "filters.md"));
    }

    @Test
    void everyExampleOfTheTableIsAFilterOfDocumentedFields() throws IOException {
        List<String> examples = page().stream()
                .takeWhile(line -> !line.equals("## Language"))
                .filter(line -> line.startsWith("| ") && line.contains("`"))
                .map(line -> line.split("\\|")[2].strip().replaceAll("^`(.*)`$", "$1"))
                .toList();
        assertThat(examples).hasSizeGreaterThan(8);
        assertThat(examples).allSatisfy(text -> FlowLogFilter.parse(text).check(FlowLogFormat.DEFAULT));
    }

    @Test
    void theMessagesOfThePageAreThoseOfTheCode() throws IOException {
        Map<String, String> wrong = Map.of("dstport = ssh", "found \"ssh\"", "dst-port = 22", "\"dstport\"?");
        List<String> messages =
                page().stream().filter(line -> line.startsWith("filter, ")).toList();
        assertThat(messages).hasSize(wrong.size());
        wrong.forEach((filter, end) -> {
            String message =
                    messages.stream().filter(m -> m.endsWith(end)).findFirst().orElseThrow();
            assertThatThrownBy(() -> FlowLogFilter.parse(filter).check(FlowLogFormat.DEFAULT))
                    .hasMessage(message);
        });
    }
}
