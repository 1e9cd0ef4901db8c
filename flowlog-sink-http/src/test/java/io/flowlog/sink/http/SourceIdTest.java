package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
