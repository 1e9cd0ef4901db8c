package io.flowlog.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.sink.http.SourceId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    private Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "bytes\n5\n");
    }

    private List<Source> sources(String... arguments) {
        List<Source> found = new ArrayList<>();
        try (Sources sources = new Sources(Stream.of(arguments)
                .map(argument -> argument.startsWith("-") ? argument : folder + "/" + argument)
                .toList())) {
            sources.forEach(found::add);
        }
        return found;
    }

    private List<String> names(String... arguments) {
        return sources(arguments).stream()
                .map(source -> source.name().replace(folder + "/", ""))
                .toList();
    }

    @Test
    void takesFilesAndStandardInputInTheirOrder() throws IOException {
        file("b.log");
        file("a.log");
        assertThat(names("b.log", "-", "a.log")).containsExactly("b.log", "standard input", "a.log");
    }

    @Test
    void takesAllFilesBelowAFolderButHiddenOnes() throws IOException {
        file("logs/2026/b.log");
        file("logs/2025/a.log.gz");
        file("logs/.hidden/c.log");
        file("logs/.DS_Store");
        Files.createDirectory(folder.resolve("logs/empty"));
        assertThat(names("logs")).containsExactly("logs/2025/a.log.gz", "logs/2026/b.log");
        assertThat(names("logs/")).containsExactly("logs/2025/a.log.gz", "logs/2026/b.log");
    }

    @Test
    void takesFilesThatMatchAGlob() throws IOException {
        file("logs/2026/03/b.log.gz");
        file("logs/2026/04/a.log.gz");
        file("logs/2026/04/a.txt");
        assertThat(names("logs/**/*.log.gz")).containsExactly("logs/2026/03/b.log.gz", "logs/2026/04/a.log.gz");
        assertThat(names("logs/2026/0[34]/?.{txt,csv}")).containsExactly("logs/2026/04/a.txt");
    }

    @Test
    void prefersAFileThatHasTheNameOfAGlob() throws IOException {
        file("a[1].log");
        file("a1.log");
        assertThat(names("a[1].log")).containsExactly("a[1].log");
    }

    @Test
    void reportsWhatIsMissingInItsPlace() throws IOException {
        file("a.log");
        file("z.log");
        List<Source> found = sources("a.log", "gone.log", "*.gone", "nothing/", "z.log");

        assertThat(found).hasSize(5);
        assertThatThrownBy(found.get(1)::open)
                .isInstanceOf(InputException.class)
                .hasMessage(folder + "/gone.log: no such file");
        assertThatThrownBy(found.get(2)::open).hasMessage(folder + "/*.gone: no files found");
        assertThatThrownBy(found.get(3)::open).hasMessage(folder + "/nothing/: no such file");
        assertThat(found.get(4).name()).isEqualTo(folder + "/z.log");
    }

    @Test
    void followsLinksToFilesAndReportsThoseToNothing() throws IOException {
        Path target = file("a.log");
        Files.createDirectory(folder.resolve("logs"));
        Files.createSymbolicLink(folder.resolve("logs/broken.log"), folder.resolve("gone.log"));
        Files.createSymbolicLink(folder.resolve("logs/folder"), folder);
        Files.createSymbolicLink(folder.resolve("logs/linked.log"), target);

        List<Source> found = sources("logs");

        assertThat(found).hasSize(2);
        assertThatThrownBy(found.get(0)::open)
                .isInstanceOf(InputException.class)
                .hasMessage(folder + "/logs/broken.log: a link to a file that does not exist");
        assertThat(found.get(1).name()).isEqualTo(folder + "/logs/linked.log");
        assertThat(sources("logs/l*")).hasSize(1);
    }

    @Test
    void filtersByTheTimeInTheNameElseByTheTimeOfTheFile() throws IOException {
        String key = "AWSLogs/123456789012/vpcflowlogs/us-east-1/2026/03/17/"
                + "123456789012_vpcflowlogs_us-east-1_fl-0123456789abcdef0_20260317T0940Z_1a2b3c4d.log.gz";
        file(key);
        Files.setLastModifiedTime(file("other.log"), FileTime.from(Instant.parse("2026-03-18T00:00:00Z")));

        assertThat(named("2026-03-17T09:40:00Z", "2026-03-18T00:00:00Z")).containsExactly(key);
        assertThat(named("2026-03-17T09:41:00Z", "2026-03-19T00:00:00Z")).containsExactly("other.log");
        assertThat(named("2026-03-18T00:00:01Z", "2027-01-01T00:00:00Z")).isEmpty();
    }

    private List<String> named(String since, String until) {
        List<String> names = new ArrayList<>();
        try (Sources sources = new Sources(List.of(folder.toString()), Instant.parse(since), Instant.parse(until))) {
            sources.forEach(source -> names.add(source.name().replace(folder + "/", "")));
        }
        return names;
    }

    @Test
    void hasTheIdOfAFileAndNoneForStandardInput() throws IOException {
        Path path = file("a.log");
        Source source = sources("a.log").get(0);
        try (InputStream in = source.open()) {
            assertThat(source.id(in)).isEqualTo(SourceId.ofFile(path));
        }
        assertThat(source.size()).hasValue(8);
        // Not opened: the standard input of a test's JVM belongs to Maven.
        Source input = sources("-").get(0);
        assertThat(input.id(InputStream.nullInputStream())).isEqualTo(SourceId.none());
        assertThat(input.size()).isEmpty();
    }
}
