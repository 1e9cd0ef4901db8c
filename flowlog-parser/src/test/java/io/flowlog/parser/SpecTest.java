package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the files in {@code spec}: a rule in one sentence, then an input, then what a reader says about it.
 *
 * <p>In inputs {@code \r \t \0 \\ \xHH} are bytes, {@code \} at the end of a line leaves its line feed out, and
 * {@code \*N} repeats the character before it N times. In what is
 * expected {@code \r} is a carriage return. Settings come before the input: {@code strict},
 * {@code format NAMES}, {@code max-line-length N}, {@code max-bytes N}.
 */
class SpecTest {
    @TestFactory
    Stream<DynamicTest> spec() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(SpecTest.class.getResource("/spec"), "spec folder")
                .toURI());
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(20);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)));
    }

    private static void run(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).startsWith("# ").endsWith(".");
        int input = lines.indexOf("--- input");
        int expected = lines.indexOf("--- expected");
        assertThat(input).isPositive();
        assertThat(expected).isGreaterThan(input);

        boolean lenient = true;
        List<UnaryOperator<FlowLogReader.Builder>> settings = new ArrayList<>();
        for (String line : lines.subList(1, input)) {
            String value = line.substring(line.indexOf(' ') + 1);
            switch (line.split(" ")[0]) {
                case "#" -> assertThat(line).startsWith("# ");
                case "strict" -> lenient = false;
                case "format" -> settings.add(builder -> builder.format(FlowLogFormat.parse(value)));
                case "max-line-length" -> settings.add(builder -> builder.maxLineLength(Integer.parseInt(value)));
                case "max-bytes" -> settings.add(builder -> builder.maxBytes(Long.parseLong(value)));
                default -> throw new AssertionError("unknown setting: " + line);
            }
        }
        byte[] data = unescape(lines.subList(input + 1, expected));
        List<String> said = lines.subList(expected + 1, lines.size()).stream()
                .map(line -> line.replace("\\r", "\r"))
                .toList();
        check(data, lenient, settings, said);
    }

    private static void check(
            byte[] data, boolean lenient, List<UnaryOperator<FlowLogReader.Builder>> settings, List<String> expected)
            throws IOException {
        UnaryOperator<FlowLogReader.Builder> all = builder -> {
            settings.forEach(setting -> setting.apply(builder));
            return builder;
        };
        byte[] gzip = GzipBytes.gzip(data);
        List<InputStream> ways = new ArrayList<>(List.of(
                new ByteArrayInputStream(data),
                new ByteArrayInputStream(gzip),
                SlowStream.of(data, 1),
                SlowStream.of(gzip, 1),
                SlowStream.of(data, 7)));
        for (int place = 1; place < Math.min(data.length, 2000); place++) {
            ways.add(SlowStream.pausingAt(data, place));
        }
        for (InputStream way : ways) {
            assertThat(Transcript.of(way, lenient, all)).isEqualTo(expected);
        }
        assertThat(Transcript.ofRows(new ByteArrayInputStream(data), lenient, all))
                .isEqualTo(expected);
    }

    private static byte[] unescape(List<String> lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String line : lines) {
            boolean open = line.endsWith("\\") && !line.endsWith("\\\\");
            String text = open ? line.substring(0, line.length() - 1) : line;
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] != '\\') {
                    out.write(bytes[i]);
                    continue;
                }
                switch (bytes[++i]) {
                    case 'r' -> out.write('\r');
                    case 't' -> out.write('\t');
                    case '0' -> out.write(0);
                    case '\\' -> out.write('\\');
                    case 'x' -> {
                        out.write(Integer.parseInt(new String(bytes, i + 1, 2, StandardCharsets.US_ASCII), 16));
                        i += 2;
                    }
                    case '*' -> {
                        int digits = i + 1;
                        while (digits < bytes.length && bytes[digits] >= '0' && bytes[digits] <= '9') {
                            digits++;
                        }
                        int times = Integer.parseInt(new String(bytes, i + 1, digits - i - 1, StandardCharsets.UTF_8));
                        for (int k = 1; k < times; k++) {
                            out.write(bytes[i - 2]);
                        }
                        i = digits - 1;
                    }
                    default -> throw new AssertionError("unknown escape in: " + line);
                }
            }
            if (!open) {
                out.write('\n');
            }
        }
        return out.toByteArray();
    }
}
