package io.flowlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.testing.RunsTheCommand;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Mistakes and odd surroundings: one clear line each. */
class CommandMistakesIT extends RunsTheCommand {
    @Test
    void hasOneLineForEveryNewcomersMistake() throws Exception {
        Path good = file("good.log", ascii("srcaddr bytes", "10.0.0.1 5"));
        Path notes = file("notes.txt", ascii("Dear diary"));
        assertMistake(
                4, "no such file", "local", directory.resolve("nothing.log").toString());
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertMistake(4, "no files found", "local", empty.toString());
        assertMistake(4, "not a flow log", "local", notes.toString());
        assertMistake(4, "no such file", "cat", directory.resolve("nothing.log").toString());
        assertMistake(4, "no files found", "cat", empty.toString());
        assertMistake(4, "not a flow log", "cat", notes.toString());
        assertMistake(2, "a command is required: local, cat, ship, doctor, sample, completion, query, report");
        assertMistake(2, "unknown option '--lak'; did you mean '--lake'?", "local", "--lak", "x");
        assertMistake(2, "unknown option '--bogus' (see flowlog cat --help)", "cat", "--bogus=x");
        assertMistake(2, "unknown command 'lcoal'; did you mean 'local'? (see flowlog --help)", "lcoal");
        assertMistake(2, "unknown command 'quary'; did you mean 'query'?", "quary");
        assertMistake(2, "unknown command 'frobnicate' (see", "frobnicate");
        assertMistake(2, "unexpected argument 'x'", "sample", "x");
        assertMistake(2, "did you mean 'srcaddr'?", "cat", "--fields", "srcadr", good.toString());
        assertMistake(2, "expected jsonl, csv, tsv, table or log", "cat", "--as", "xml");
        assertMistake(2, "needs a token", "local", "--lake", "https://lake.example.com/logs");
        assertMistake(
                2,
                "--lake must be an https:// URL",
                "local",
                "--lake",
                "http://lake.example.com/logs",
                "--token",
                "t0ken");
        assertMistake(2, "port", "local", "--lake", "https://127.0.0.1:99999/", "--token", "t0ken");
        assertMistake(2, "user name", "local", "--lake", "https://me:pw@127.0.0.1/", "--token", "t0ken");
        assertMistake(2, "expected v2, v5, v11 or tgw", "sample", "--format", "v3");
        assertMistake(2, "expected a size", "sample", "--bytes", "lots");
    }

    /** One mistake of the command line and one of the input in a process of their own. */
    @Test
    void endsTheProcessWithTheStatusOfAMistake() throws Exception {
        assertMistake(
                flowlog("lcoal"), 2, "unknown command 'lcoal'; did you mean 'local'? (see flowlog --help)", "lcoal");
        String missing = directory.resolve("nothing.log").toString();
        assertMistake(flowlog("cat", missing), 4, "no such file", "cat", missing);
    }

    private static void assertMistake(int status, String message, String... arguments) {
        assertMistake(InProcess.flowlog(arguments), status, message, arguments);
    }

    private static void assertMistake(Result result, int status, String message, String... arguments) {
        assertThat(result.err().lines()).as(String.join(" ", arguments)).hasSize(1);
        assertThat(result.err()).startsWith("flowlog: ").contains(message);
        assertThat(result.out()).isEmpty();
        assertThat(result.status()).isEqualTo(status);
    }

    @Test
    @EnabledIf("hasDevFull")
    void reportsAFullDiskOnStandardOutput() throws Exception {
        for (String command : List.of("local", "--help", "cat --help", "sample", "--version")) {
            Result full =
                    run(System.getProperty("java.home"), null, "sh", "-c", "./flowlog " + command + " >/dev/full");

            assertThat(full.err()).as(command).isEqualTo("flowlog: standard output: No space left on device\n");
            assertThat(full.status()).as(command).isEqualTo(1);
        }
        assertMistake(1, "/dev/full: No space left on device", "sample", "-o", "/dev/full");
    }

    static boolean hasDevFull() {
        return Files.exists(Path.of("/dev/full"));
    }

    @Test
    void saysWhichFileOfSampleCannotBeWrittenAndLeavesNoPartOfIt() throws Exception {
        Path file = directory.resolve("nowhere/sample.log");
        assertMistake(
                1, file + ": the folder " + file.getParent() + " does not exist", "sample", "-o", file.toString());
        assertMistake(1, directory + ": is a directory", "sample", "-o", directory.toString());
        // A file may grow to 64 blocks of 512 or 1024 bytes, as on a disk that becomes full.
        Path cut = directory.resolve("cut.log");
        Result result = run(
                System.getProperty("java.home"),
                null,
                "sh",
                "-c",
                "ulimit -f 64; trap '' XFSZ; ./flowlog sample --bytes 1M -o " + cut);

        assertThat(result.err()).startsWith("flowlog: " + cut + ": ").hasLineCount(1);
        assertThat(result.status()).isEqualTo(1);
        assertThat(cut).doesNotExist();
    }

    @Test
    void saysThatTheLakeCannotBeReached() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertMistake(
                1,
                "cannot be reached",
                "local",
                "--lake",
                "http://127.0.0.1:" + port + "/logs",
                "--token",
                "some-token-of-mine");
    }

    @Test
    void refusesAnOldJavaInOneLine() throws Exception {
        Path bin = Files.createDirectories(directory.resolve("jdk8/bin"));
        Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Result old = run(bin.getParent().toString(), null, "./flowlog", "local");

        assertThat(old.status()).isNotZero();
        assertThat(old.err().lines()).hasSize(1);
        assertThat(old.err()).contains("this is Java 1.8.0_402; Java 17 or newer is needed");

        Result missing = run(directory.resolve("nothing").toString(), null, "./flowlog", "local");
        assertThat(missing.status()).isNotZero();
        assertThat(missing.err().lines()).hasSize(1);
        assertThat(missing.err()).contains("has no bin/java");
    }

    @Test
    void staysOnOneLineWhateverAFileIsCalled() throws Exception {
        assertMistake(4, "no?such.log: no such file", "cat", "no\nsuch.log");
        Path file = file("new\nline.log", ascii("srcaddr bytes", "10.0.0.1 x", "10.0.0.2 5"));

        Result result = InProcess.flowlog("local", file.toString());

        assertThat(result.status()).as(result.err()).isEqualTo(3);
        assertThat(result.err().lines()).hasSize(1).allMatch(line -> line.contains("line.log, line 2, column bytes"));
        assertThat(result.outLines())
                .anyMatch(line -> line.startsWith("  new?line.log ") && line.endsWith("delivered"));
    }

    @Test
    void namesVersionCommitAndJava() throws Exception {
        assertThat(flowlog("--version").out())
                .matches("flowlog \\S+(, commit [0-9a-f]+)?, Java "
                        + Runtime.version().feature() + "\\S*\n");
    }

    @Test
    void completesCommandsAndOptions() throws Exception {
        for (String shell : List.of("bash", "zsh")) {
            Result result = InProcess.flowlog("completion", shell);
            assertThat(result.status()).isZero();
            assertThat(result.out())
                    .contains(
                            "complete -F _complete_flowlog",
                            "ship",
                            "--token-file",
                            "query",
                            "--show-sql",
                            "report",
                            "--nat-price");
        }
        Path script = file("completion", flowlog("completion", "bash").out().getBytes(StandardCharsets.UTF_8));
        Result words = run(
                System.getProperty("java.home"),
                null,
                "bash",
                "-c",
                "source " + script + "; COMP_WORDS=(flowlog cat --li); COMP_CWORD=2; COMP_LINE='flowlog cat --li';"
                        + " COMP_POINT=16; _complete_flowlog; echo \"${COMPREPLY[@]}\"");
        assertThat(words.out()).startsWith("--limit");
    }

    @Test
    void readsStandardInputAsEmptyTheSecondTime() throws Exception {
        Path input = file("input.log", ascii("bytes", "5"));

        Result result = run(System.getProperty("java.home"), input, "./flowlog", "cat", "-", "-");

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.outLines()).containsExactly("{\"bytes\":5}");
    }

    @Test
    void endsWithALineWhereStandardInputOrOutputIsClosed() throws Exception {
        String file = file("input.log", ascii("bytes", "5")).toString();
        Result noInput = run(System.getProperty("java.home"), null, "sh", "-c", "./flowlog cat - <&-");
        Result noOutput = run(System.getProperty("java.home"), null, "sh", "-c", "./flowlog cat " + file + " >&-");
        Result noError = run(System.getProperty("java.home"), null, "sh", "-c", "./flowlog cat " + file + " 2>&-");

        assertThat(noInput.err()).isEqualTo("flowlog: Bad file descriptor\n");
        assertThat(noInput.status()).isEqualTo(1);
        assertThat(noOutput.err()).isEqualTo("flowlog: standard output: Bad file descriptor\n");
        assertThat(noOutput.status()).isEqualTo(1);
        assertThat(noError.out()).isEqualTo("{\"bytes\":5}\n");
        assertThat(noError.status()).isZero();
    }

    @Test
    void takesAFileByAnyName() throws Exception {
        file("@flows.log", ascii("bytes", "5"));
        // The shell writes the name in UTF-8, which this JVM may be unable to.
        String script = "cd '" + directory + "' && name=$(printf 'fl\\303\\274sse.log') && cp @flows.log $name && '"
                + SCRIPT + "' cat @flows.log -- $name";

        for (String locale : List.of("C", "POSIX", "de_XX.UTF-8")) {
            Result result = run(System.getProperty("java.home"), null, "env", "LC_ALL=" + locale, "sh", "-c", script);

            assertThat(result.err()).as(locale).doesNotContain("flowlog: ");
            assertThat(result.outLines()).as(locale).containsExactly("{\"bytes\":5}", "{\"bytes\":5}");
        }
    }

    @Test
    void takesNoPipeWhereTheFileIsReadTwice() throws Exception {
        assertMistake(4, "not a regular file", "local", "/dev/null");
        assertMistake(4, "'': no such file", "cat", "");
    }
}
