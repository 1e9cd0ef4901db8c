package io.flowlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.testing.RunsTheCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The script in a fresh clone: it builds, whoever else builds too. Maven and Java are stand-ins that note what they see. */
class FirstCallIT extends RunsTheCommand {
    private void executable(String name, String... lines) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void callsAtTheSameTimeWaitForOneBuild() throws Exception {
        Files.copy(SCRIPT, directory.resolve("flowlog"));
        assertThat(directory.resolve("flowlog").toFile().setExecutable(true)).isTrue();
        Files.writeString(directory.resolve("pom.xml"), "");
        executable(
                "jdk/bin/java",
                "#!/bin/sh",
                "case $* in -version) echo 'openjdk version \"17.0.1\"' >&2; exit ;; esac",
                "cat " + directory + "/flowlog-cli/target/flowlog-cli.jar");
        executable("jdk/bin/javac", "#!/bin/sh");
        // A build that writes half of a jar, takes its time, and writes the rest.
        executable(
                "jdk/bin/mvn",
                "#!/bin/sh",
                "[ \"$1\" = -v ] && { echo 'Apache Maven 3.9.9'; exit; }",
                "echo built >>builds",
                "mkdir -p lambda-adapter/target",
                "printf 'whole ' >flowlog-cli/target/flowlog-cli.jar; : >lambda-adapter/target/flowlog-lambda.jar",
                "sleep 1",
                "echo jar >>flowlog-cli/target/flowlog-cli.jar");

        List<Process> calls = new ArrayList<>();
        List<Path> outputs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Path out = directory.resolve("out-" + i);
            ProcessBuilder call = new ProcessBuilder("./flowlog", "cat")
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(directory.resolve("err-" + i).toFile());
            call.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
            call.environment().merge("PATH", "", (path, nothing) -> directory.resolve("jdk/bin") + ":" + path);
            calls.add(call.start());
            outputs.add(out);
        }

        for (Process call : calls) {
            assertThat(call.waitFor()).isZero();
        }
        assertThat(outputs).allSatisfy(out -> assertThat(out).hasContent("whole jar\n"));
        assertThat(directory.resolve("builds")).hasContent("built\n");
    }
}
