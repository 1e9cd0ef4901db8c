package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MalformedTextTest {
    private static List<String> texts(String log) throws IOException {
        List<String> texts = new ArrayList<>();
        byte[] bytes = log.getBytes(StandardCharsets.ISO_8859_1);
        try (FlowLogReader reader = FlowLogReader.builder()
                .onMalformed(line -> texts.add(line.text()))
                .maxLineLength(1000)
                .open(new ByteArrayInputStream(bytes))) {
            while (reader.advance()) {
                assertThat(reader.row().length(0)).isPositive();
            }
        }
        return texts;
    }

    @Test
    void isTheLineAsWritten() throws IOException {
        assertThat(texts("srcport action\n1 OK\n 2  \"OK\" more\r\nx OK\n3\n"))
                .containsExactly(" 2  \"OK\" more", "x OK", "3");
    }

    @Test
    void hasAllOfALineThatASampleCuts() throws IOException {
        String line = "z".repeat(900);
        assertThat(texts("srcport action\n" + line + "\n1 OK\n")).containsExactly(line);
    }

    @Test
    void isTheBeginningOfALineThatIsTooLong() throws IOException {
        String line = "z".repeat(500_000);
        assertThat(texts("srcport action\n" + line + "\n1 OK\n"))
                .singleElement()
                .satisfies(text -> assertThat(line).startsWith(text));
    }

    @Test
    void replacesBytesThatAreNotUtf8() throws IOException {
        assertThat(texts("srcport action\n1 OK \u00ff\n")).containsExactly("1 OK \ufffd");
    }

    @Test
    void isTheLineThatWasParsedAlone() {
        FlowLogFormat format = FlowLogFormat.parse("srcport action");
        FlowLogParseException thrown =
                catchThrowableOfType(FlowLogParseException.class, () -> format.parseLine("x  OK\r\n"));
        assertThat(thrown.line().text()).isEqualTo("x  OK");
    }
}
