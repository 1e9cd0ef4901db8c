package io.flowlog.cli.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.flowlog.cli.shared.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private static final String LAKE = "https://lake.example.com/logs";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("state/journal.jsonl");
    }

    private static Journal.Entry entry(String source) {
        return new Journal.Entry(source, "s3://logs/k", "logs", "k\n\u00fc\"", "etag-" + source, 5, 1);
    }

    private void write(String... sources) throws Exception {
        try (Journal journal = Journal.open(file, LAKE, false)) {
            for (String source : sources) {
                journal.add(entry(source));
            }
        }
    }

    @Test
    void remembersWhatWasDeliveredAndNotesItOnce() throws Exception {
        write("a", "b", "a");
        write("b", "c");

        try (Journal journal = Journal.open(file, LAKE, false)) {
            assertThat(journal.size()).isEqualTo(3);
            assertThat(List.of("a", "b", "c")).allMatch(journal::contains);
            assertThat(journal.contains("d")).isFalse();
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1))
                .contains(
                        "\"bucket\":\"logs\",\"key\":\"k\\n\u00fc\\\"\",\"etag\":\"etag-a\",\"records\":5,\"malformed\":1");
    }

    @Test
    void isWholeAgainAfterItWasCutAtAnyByte() throws Exception {
        write("a", "b");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            write("a", "b");
            try (Journal journal = Journal.open(file, LAKE, false)) {
                assertThat(journal.contains("a") && journal.contains("b"))
                        .as("cut after %d bytes", length)
                        .isTrue();
            }
            List<String> lines = Files.readAllLines(file);
            assertThat(lines).as("cut after %d bytes", length).hasSize(3).allMatch(line -> line.endsWith("}"));
        }
    }

    @Test
    void forgetsOnDemand() throws Exception {
        write("a");
        try (Journal journal = Journal.open(file, LAKE, true)) {
            assertThat(journal.size()).isZero();
        }
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    void isLockedWhileItIsOpen() throws Exception {
        try (Journal journal = Journal.open(file, LAKE, false)) {
            assertThatThrownBy(() -> Journal.open(file, LAKE, false))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("in use by another run");
            assertThat(journal.size()).isZero();
        }
        write("a");
    }

    @Test
    void isForOneLake() throws Exception {
        write("a");
        assertThatThrownBy(() -> Journal.open(file, "https://other.example.com/", false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(LAKE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dear diary", "Dear diary\n", "{}\n", "{\"kind\":\"other\"}\n", "[1]\n"})
    void leavesAnotherFileAlone(String content) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        assertThatThrownBy(() -> Journal.open(file, LAKE, false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not a journal");
        assertThat(file).hasContent(content.stripTrailing()).hasBinaryContent(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesItsFileOnAFullDiskAndStaysWhole() throws Exception {
        Configuration small = Configuration.unix().toBuilder()
                .setBlockSize(64)
                .setMaxSize(1024)
                .build();
        try (FileSystem disk = Jimfs.newFileSystem(small)) {
            Path full = disk.getPath("/work/journal.jsonl");
            try (Journal journal = Journal.open(full, LAKE, false)) {
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 100; i++) {
                                journal.add(entry("s" + i));
                            }
                        })
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("/work/journal.jsonl: ");
            }
            assertThat(Files.readAllLines(full)).hasSizeGreaterThan(1).allMatch(line -> line.endsWith("}"));
        }
    }

    @Test
    void isARegularFile() throws Exception {
        assertThatThrownBy(() -> Journal.open(folder, LAKE, true))
                .isInstanceOf(UserError.class)
                .hasMessage("the journal " + folder + " is not a regular file");
    }

    @Test
    void remembersHowFastTheLastRunWas() throws Exception {
        write("a");
        try (Journal journal = Journal.open(file, LAKE, false)) {
            assertThat(journal.rate()).isNull();
            journal.add(new Journal.Rate(1000, 2.5));
        }
        try (Journal journal = Journal.open(file, LAKE, false)) {
            assertThat(journal.rate()).isEqualTo(new Journal.Rate(1000, 2.5));
            assertThat(journal.size()).isEqualTo(1);
        }
    }
}
