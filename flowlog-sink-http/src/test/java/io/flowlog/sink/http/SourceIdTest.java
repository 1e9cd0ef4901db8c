package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.parser.FlowLogReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceIdTest {
    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void namesAnObjectByBucketKeyAndETagWithItsQuotes() throws Exception {
        String expected = sha256("logs\0a/b c.log.gz\0\"e1\"").substring(0, 32);
        assertThat(SourceId.ofObject("logs", "a/b c.log.gz", "\"e1\"").hex()).hasValue(expected);
        assertThat(SourceId.ofObject("logs", "a/b c.log.gz", "e1").hex()).hasValue(expected);
        assertThat(SourceId.ofObject("logs", "a/b c.log.gz", "\"e2\"").hex().orElseThrow())
                .isNotEqualTo(expected);
    }

    @Test
    void namesAFileByItsNameAndItsBytesWhereverItLies(@TempDir Path folder) throws Exception {
        Path one = Files.writeString(Files.createDirectory(folder.resolve("1")).resolve("flows.log"), "abc");
        Path two = Files.writeString(Files.createDirectory(folder.resolve("2")).resolve("flows.log"), "abc");
        Path changed =
                Files.writeString(Files.createDirectory(folder.resolve("3")).resolve("flows.log"), "abd");
        assertThat(SourceId.ofFile(one).hex())
                .hasValue(sha256("flows.log\0" + sha256("abc")).substring(0, 32));
        assertThat(SourceId.ofFile(two)).isEqualTo(SourceId.ofFile(one)).hasSameHashCodeAs(SourceId.ofFile(one));
        assertThat(SourceId.ofFile(changed)).isNotEqualTo(SourceId.ofFile(one));
        assertThatThrownBy(() -> SourceId.ofFile(folder.resolve("none"))).isInstanceOf(IOException.class);
    }

    @Test
    void namesWhatTheUserNamesAndNothingElse() throws Exception {
        assertThat(SourceId.named("stdin").hex()).hasValue(sha256("stdin").substring(0, 32));
        assertThat(SourceId.none().hex()).isEmpty();
        assertThatThrownBy(() -> SourceId.named(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsAKeyWithoutItsControlCharacters() {
        assertThat(SourceId.ofObject("logs", "a\n\u001b[31m\u202eb", "e"))
                .hasToString("s3://logs/a\\u000a\\u001b[31m\\u202eb");
    }

    @Test
    void recordsWithIdsOfTheirOwnKeepThemInEveryBatchAndTheBatchesDiffer() throws Exception {
        SourceId one = SourceId.ofRecords("a stream", "owner\0stream", List.of("e1", "e2"));
        assertThat(one.hex()).hasValue(sha256("owner\0stream\0e1\0e2").substring(0, 32));
        assertThat(one.recordSource()).isEqualTo(sha256("owner\0stream").substring(0, 32));
        assertThat(one).hasToString("a stream");
        SourceId other = SourceId.ofRecords("a stream", "owner\0stream", List.of("e2", "e3"));
        assertThat(other).isNotEqualTo(one);
        assertThat(other.recordSource()).isEqualTo(one.recordSource());
        assertThat(SourceId.ofRecords("nothing", "s", List.of()).hex()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\"", "a\\", "ü", "a\n"})
    void refusesIdsThatJsonCannotContainAsTheyAre(String id) {
        assertThatThrownBy(() -> SourceId.ofRecords("n", "s", List.of("fine", id)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the id of line 2");
        assertThatThrownBy(() -> SourceId.ofRecords("n", "s", List.of("x".repeat(513))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theIdsOfRecordsAreWrittenForEveryLakeWhateverTheirLength() throws IOException {
        String longest = "x".repeat(512);
        SourceId source = SourceId.ofRecords("n", "s", List.of("-", longest, "3", "4"));
        for (Lake lake : List.of(Lake.NDJSON, Lake.ELASTICSEARCH)) {
            try (FlowLogReader reader = FlowLogs.reader("version action\n2 \"\"\n2 OK\n");
                    BatchBuilder builder =
                            new BatchBuilder(source, "id", 1, lake, false, Compression.NONE, 1 << 20, 100, null)) {
                while (reader.advance()) {
                    builder.add(reader.row());
                }
                Batch batch = builder.last();
                assertThat(batch).isNotNull();
                String body = new String(batch.body(), StandardCharsets.UTF_8);
                assertThat(body).contains("\"id\":\"" + source.recordSource() + "-" + longest + "\"}\n");
                assertThat(body).contains("\"id\":\"" + source.recordSource() + "-3\"}\n");
                assertThat(body.contains("{\"create\":{\"_id\":\"" + source.recordSource() + "-" + longest + "\"}}\n"))
                        .isEqualTo(lake == Lake.ELASTICSEARCH);
            }
        }
    }
}
