package io.flowlog.cli.cat;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.parser.FlowLogFilter;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sample.SampleGenerator;
import io.flowlog.sink.http.NdjsonWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the table of docs/filters.md that says what filters save. */
class FilterSavingsTest {
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| ([\\d,]+) \\| (\\d+) % \\|");

    @Test
    void thePageHasWhatEachFilterSaves() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "filters.md"));
        String section = page.substring(page.indexOf("\n## What a filter saves"), page.indexOf("\n## Cost"));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        new SampleGenerator(SampleFormat.V5, SampleGenerator.DEFAULT_SEED).writeRecords(text, 100_000);
        long all = jsonOf(text.toByteArray(), "version = 5 or version != 5").bytes;

        List<String> rows = new ArrayList<>();
        List<String> measured = new ArrayList<>();
        Matcher row = ROW.matcher(section);
        while (row.find()) {
            rows.add(row.group());
            Kept kept = jsonOf(text.toByteArray(), row.group(1));
            measured.add(String.format(
                    Locale.ROOT,
                    "| `%s` | %,d | %d %% |",
                    row.group(1),
                    kept.records,
                    Math.round(100.0 * (all - kept.bytes) / all)));
        }
        assertThat(rows).hasSizeGreaterThan(4).isEqualTo(measured);
        long accepted = jsonOf(text.toByteArray(), "action = ACCEPT").records;
        long sampled = Math.round((100_000 - accepted + accepted / 10.0) / 1000) * 1000;
        assertThat(section).contains(String.format(Locale.ROOT, "about %,d records are sent", sampled));
    }

    private record Kept(long records, long bytes) {}

    private static Kept jsonOf(byte[] text, String filter) throws IOException {
        long records = 0;
        long bytes = 0;
        try (FlowLogReader reader =
                FlowLogReader.builder().filter(FlowLogFilter.parse(filter)).open(new ByteArrayInputStream(text))) {
            while (reader.advance()) {
                records++;
                bytes += NdjsonWriter.toJson(reader.row()).getBytes(StandardCharsets.UTF_8).length + 1;
            }
        }
        return new Kept(records, bytes);
    }
}
