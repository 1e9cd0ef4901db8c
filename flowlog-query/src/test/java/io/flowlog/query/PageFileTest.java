package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.cli.shared.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the report goes, and how the browser gets it. */
class PageFileTest {
    @TempDir
    private Path folder;

    private Stream<String> names() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void writesTheWholePageAndNothingElse() throws Exception {
        Path file = folder.resolve("report.html");
        PageFile.write(file, "one");
        PageFile.write(file, "two");
        assertThat(file).hasContent("two");
        assertThat(names()).containsExactly("report.html");
    }

    @Test
    void keepsALinkToThePage() throws Exception {
        Path file = Files.writeString(folder.resolve("real.html"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.html"), file.getFileName());
        PageFile.write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void leavesNoPartOfAPageThatCannotBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("a-folder"), "");
        assertThatThrownBy(() -> PageFile.write(file.resolve("report.html"), "page"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(file.resolve("report.html") + ": ");
        assertThatThrownBy(() -> PageFile.write(folder.resolve("none").resolve("report.html"), "page"))
                .hasMessage(folder.resolve("none").resolve("report.html") + ": no such file");
        assertThatThrownBy(() -> PageFile.write(folder, "page")).hasMessage(folder + ": is a directory");
        assertThat(names()).containsExactly("a-folder");
    }

    @Test
    void writesToADeviceDirectly() throws Exception {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "skipped: this system has no /dev/full");
        assertThatThrownBy(() -> PageFile.write(full, "page"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("/dev/full: ");
        PageFile.write(Path.of("/dev/null"), "page");
        assertThat(full).exists();
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    private Browser browser(String script) throws Exception {
        Path command = Files.writeString(folder.resolve("xdg-open"), "#!/bin/sh\n" + script + "\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        return new Browser("Linux", "/no/such/folder:" + folder);
    }

    @Test
    void opensThePageInTheBrowserOfTheSystem() throws Exception {
        Path page = folder.resolve("a report $HOME.html");
        assertThat(browser("printf %s \"$1\" > '" + folder.resolve("opened") + "'")
                        .open(page))
                .isTrue();
        assertThat(folder.resolve("opened")).hasContent(page.toString());
    }

    @Test
    void saysThatThereIsNoBrowser() throws Exception {
        assertThat(browser("exit 3").open(folder)).isFalse();
        assertThat(new Browser("Linux", "").open(folder)).isFalse();
        assertThat(new Browser("Mac OS X", folder.toString()).open(folder)).isFalse();
    }
}
