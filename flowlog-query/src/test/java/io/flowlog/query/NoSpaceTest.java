package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the program says in one line if it cannot write a file. */
class NoSpaceTest {
    @TempDir
    private Path folder;

    private String run(String temporary, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Path err = folder.resolve("err");
        Process process =
                new ProcessBuilder(command).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        assertThat(process.waitFor()).isEqualTo(1);
        return Files.readString(err);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysThatTheLibraryOfDuckDbCannotBeUnpacked() throws Exception {
        // No user can create a file in /proc.
        assertThat(run("/proc", "query", "--temp", folder.toString(), "select 1", "-"))
                .startsWith("flowlog: DuckDB's library cannot be unpacked into /proc (80 MB): ")
                .endsWith("; TMPDIR names another place\n")
                .hasLineCount(1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysWhichPageCannotBeWritten() throws Exception {
        Path input = Files.writeString(folder.resolve("a.log"), "bytes action\n5 ACCEPT\n");
        assertThat(run(folder.toString(), "report", "-o", "/dev/full", input.toString()))
                .isEqualTo("flowlog: /dev/full: No space left on device\n");
    }
}
