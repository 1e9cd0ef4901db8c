package io.flowlog.query;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The browser of this system, by the command that opens a file in it.
 *
 * @param system the name of the operating system, as the JVM has it
 * @param path the folders of commands, as in the variable {@code PATH}
 */
record Browser(String system, String path) {
    private static final int SECONDS = 5;

    static Browser ofThisSystem() {
        String path = System.getenv("PATH");
        return new Browser(System.getProperty("os.name"), path == null ? "" : path);
    }

    private boolean isWindows() {
        return system.startsWith("Windows");
    }

    private @Nullable Path command() {
        String name = isWindows() ? "rundll32.exe" : system.startsWith("Mac") ? "open" : "xdg-open";
        for (String folder : path.split(File.pathSeparator)) {
            Path command = Path.of(folder, name);
            if (!folder.isEmpty() && Files.isExecutable(command)) {
                return command;
            }
        }
        return null;
    }

    /** Opens a page. Returns false if there is no browser, or the command ends at once with an error. */
    boolean open(Path page) {
        Path command = command();
        if (command == null) {
            return false;
        }
        List<String> line = isWindows()
                ? List.of(
                        command.toString(),
                        "url.dll,FileProtocolHandler",
                        page.toUri().toString())
                : List.of(command.toString(), page.toAbsolutePath().toString());
        try {
            Process process = new ProcessBuilder(line)
                    .redirectInput(ProcessBuilder.Redirect.from(new File(isWindows() ? "NUL" : "/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // Some commands run as long as the browser does.
            return !process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
