package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs in a module of their own, which sees nothing but the exports: ours, and the snippets of the README. */
class BlackBoxTest {
    private static final Path MODULE = SamplesTest.folder("blackbox");

    @TempDir
    Path folder;

    private Jdk.Result compile(Path... sources) {
        List<String> options = List.of(
                "-Xlint:all",
                "-Werror",
                "-p",
                Jdk.parserClasses().toString(),
                "-d",
                folder.resolve("out").toString());
        return Jdk.run(
                "javac",
                folder,
                Stream.concat(options.stream(), Stream.of(sources).map(Path::toString))
                        .toList());
    }

    private String run(String type) {
        String path = Jdk.parserClasses() + System.getProperty("path.separator") + folder.resolve("out");
        return Jdk.run(
                        "java",
                        folder,
                        List.of("-ea", "-p", path, "-m", "io.flowlog.blackbox/io.flowlog.blackbox." + type))
                .ok();
    }

    @Test
    void aProgramOnTheModulePathNeedsTheExportsOnly() {
        compile(MODULE.resolve("module-info.java"), MODULE.resolve("io/flowlog/blackbox/Main.java"))
                .ok();
        assertThat(run("Main").lines())
                .containsExactly(
                        "loop {10.0.0.1=111, 10.0.0.2=0}",
                        "stream [10.0.0.1, 10.0.0.2]",
                        "flags 3",
                        "rows 611 4/5",
                        "lenient 2 [mine, line 2, column bytes: expected - or an integer from 0 to 9223372036854775807,"
                                + " found \"x\"]",
                        "strict 2 bytes: input, line 2, column bytes: expected - or an integer from 0 to"
                                + " 9223372036854775807, found \"x\"",
                        "strict line 3: srcaddr=10.0.0.2 bytes=7",
                        "error NO_HEADER",
                        "error 1",
                        "line UDP 2022-01-01T00:04:25Z 1 false",
                        "tables TCP through an internet gateway or a gateway VPC endpoint");
    }

    @Test
    void aProgramCannotReachWhatIsNotExported() throws IOException {
        Path source = folder.resolve("Reach.java");
        Files.writeString(source, "package io.flowlog.blackbox; class Reach { io.flowlog.parser.GzipInput in; }");
        Jdk.Result result = compile(MODULE.resolve("module-info.java"), source);
        assertThat(result.status()).isNotZero();
        assertThat(result.output()).contains("GzipInput is not public");
    }

    @Test
    void theSnippetsOfTheReadmeCompileAndRun() throws IOException {
        assertThat(runSnippets("README.md", 2)).containsExactly("{10.0.0.1=77}");
    }

    @Test
    void theSnippetsOfGettingStartedCompileAndRun() throws IOException {
        assertThat(runSnippets("docs/getting-started.md", 4))
                .containsExactly(
                        "86",
                        "TCP SYN|ACK",
                        "2022-01-01T00:04:25Z new",
                        "line 1: srcaddr=10.0.0.1 bytes=70",
                        "my stream, line 2, column bytes: expected - or an integer from 0 to 9223372036854775807,"
                                + " found \"seventy\"",
                        "1 of 2 lines",
                        "95");
    }

    /** What the snippets of a page print that need the parser alone. */
    private Stream<String> runSnippets(String page, int count) throws IOException {
        Pattern fence = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
        Matcher matcher = fence.matcher(Files.readString(Path.of("..", page)));
        List<String> snippets = matcher.results()
                .map(snippet -> snippet.group(1))
                .filter(snippet -> !snippet.contains("HttpSink") && !snippet.contains("S3"))
                .map(snippet -> "{\n" + snippet + "}\n")
                .toList();
        assertThat(snippets).hasSize(count);
        Path source = folder.resolve("Page.java");
        Files.writeString(source, """
                package io.flowlog.blackbox;
                import io.flowlog.parser.*;
                import java.nio.file.*;
                import java.util.*;
                public class Page {
                    public static void main(String[] args) throws Exception {
                """ + String.join("", snippets) + "}}\n");
        Files.write(
                folder.resolve("flows.log.gz"),
                GzipBytes.gzip("srcaddr dstport bytes action\n10.0.0.1 22 70 REJECT\n10.0.0.1 22 7 REJECT\n"
                        + "10.0.0.2 22 9 ACCEPT\n10.0.0.3 23 9 REJECT\n"));
        compile(MODULE.resolve("module-info.java"), source).ok();
        return run("Page").lines();
    }
}
