package io.flowlog.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds {@code flowlog-bom} and the README's table against the modules of the build. */
class BomTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern MANAGED =
            Pattern.compile("<groupId>io\\.flowlog</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*<version>\\$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w-]+)` \\|");

    @Test
    void listsEveryPublishedLibraryAndNothingElse() throws IOException {
        Set<String> published = new TreeSet<>();
        for (String module : found(MODULE, "pom.xml")) {
            String pom = read(module + "/pom.xml");
            if (!pom.contains("<flowlog.unpublished>true<") && !pom.contains("<packaging>pom<")) {
                published.add(module);
            }
        }
        assertThat(published).contains("flowlog-parser");
        assertThat(found(MANAGED, "flowlog-bom/pom.xml"))
                .as("flowlog-bom; a module that is not published sets flowlog.unpublished")
                .isEqualTo(published);
    }

    @Test
    void theReadmeNamesEveryPublishedLibrary() throws IOException {
        assertThat(found(ROW, "README.md")).containsAll(found(MANAGED, "flowlog-bom/pom.xml"));
    }

    private static Set<String> found(Pattern pattern, String file) throws IOException {
        return pattern.matcher(read(file))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}
