package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.shared.Terminal;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sample.SampleGenerator;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/queries.md shows what the program answers about the sample. */
class QueriesPageTest {
    @TempDir
    private Path folder;

    @Test
    void showsTheSqlAndTheAnswerOfEveryQuestion() throws Exception {
        String page = Files.readString(Path.of("../docs/queries.md"));
        Path sample = folder.resolve("flows.log");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(sample))) {
            new SampleGenerator(SampleFormat.V5, SampleGenerator.DEFAULT_SEED).writeRecords(out, 100_000);
        }
        Terminal none = new Terminal(false, false, Terminal.UNLIMITED, false);
        try (Databases flows = Databases.over(sample)) {
            for (NamedQuery query : NamedQuery.all()) {
                StringWriter answer = new StringWriter();
                flows.database.run(query, 4, new TableSink(answer, none, query, 3, new ArrayList<>()));
                assertThat(page)
                        .contains("### `" + query.name() + "`\n\n" + query.question() + "\n")
                        .contains("```sql\n" + query.sql() + "\n```")
                        .contains("```\n" + answer + "```");
            }
        }
    }
}
