package io.flowlog.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/faults.md} and the tests of all modules against each other. */
class FaultsPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z]\\d+) \\|.*\\|([^|]*)\\|$");
    private static final Pattern CODE = Pattern.compile("`(\\w+)`");
    private static final Pattern METHOD =
            Pattern.compile("\\bvoid\\s+(([a-z]\\d+)((?:[A-Z]\\d+)*)(?:[A-Z_]\\w*)?)\\s*\\(");
    private static final Pattern ID = Pattern.compile("[A-Z]\\d+");

    /** A test method whose name begins with ids. */
    private record IdTest(String className, String method, Set<String> ids) {}

    @Test
    void everyRowNamesTheTestsThatShowItAndEveryTestHasARow() throws IOException {
        Map<String, Set<String>> rows = rows(Files.readString(ROOT.resolve("docs/faults.md")));
        List<IdTest> tests = tests(ROOT);

        assertThat(rows).hasSizeGreaterThan(70);
        assertThat(tests).hasSizeGreaterThan(150);
        assertThat(complaints(rows, tests)).isEmpty();
    }

    @Test
    void rowsAreInOrderAndNoneIsThereTwice() throws IOException {
        List<String> ids = ROW.matcher(Files.readString(ROOT.resolve("docs/faults.md")))
                .results()
                .map(row -> row.group(1))
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        Map<Character, List<Integer>> numbers = ids.stream()
                .collect(Collectors.groupingBy(
                        id -> id.charAt(0),
                        Collectors.mapping(id -> Integer.parseInt(id.substring(1)), Collectors.toList())));
        assertThat(numbers)
                .allSatisfy((group, of) -> assertThat(of).as("group %s", group).isSorted());
    }

    @Test
    void saysWhatIsMissingOnEitherSide() {
        List<IdTest> tests = List.of(new IdTest("LakeTest", "h1H2Fails", Set.of("H1", "H2")));

        assertThat(complaints(Map.of("H1", Set.of("LakeTest")), tests))
                .containsExactly("docs/faults.md lacks row H2 (test LakeTest.h1H2Fails)");
        assertThat(complaints(Map.of("H3", Set.of(), "H4", Set.of("DnsTest")), List.of()))
                .containsExactly(
                        "docs/faults.md, row H3, names no test",
                        "docs/faults.md, row H4: `DnsTest` has no test whose name begins with h4");
        assertThat(complaints(Map.of("H1", Set.of("LakeTest")), List.of(idTest("LakeTest", "h1Fails", "H1"))))
                .isEmpty();
    }

    private static IdTest idTest(String className, String method, String id) {
        return new IdTest(className, method, Set.of(id));
    }

    private static List<String> complaints(Map<String, Set<String>> rows, List<IdTest> tests) {
        List<String> complaints = new ArrayList<>();
        Set<Character> groups = rows.keySet().stream().map(id -> id.charAt(0)).collect(Collectors.toSet());
        Map<String, Set<String>> shown = new TreeMap<>();
        for (IdTest test : tests) {
            for (String id : new TreeSet<>(test.ids)) {
                if (!groups.contains(id.charAt(0))) {
                    continue;
                }
                shown.computeIfAbsent(id, key -> new TreeSet<>()).add(test.className);
                if (!rows.containsKey(id)) {
                    complaints.add(
                            "docs/faults.md lacks row %s (test %s.%s)".formatted(id, test.className, test.method));
                }
            }
        }
        new TreeMap<>(rows).forEach((id, classes) -> {
            if (classes.isEmpty()) {
                complaints.add("docs/faults.md, row %s, names no test".formatted(id));
            }
            Set<String> absent = new TreeSet<>(classes);
            absent.removeAll(shown.getOrDefault(id, Set.of()));
            absent.forEach(name -> complaints.add("docs/faults.md, row %s: `%s` has no test whose name begins with %s"
                    .formatted(id, name, id.toLowerCase(Locale.ROOT))));
        });
        return complaints;
    }

    private static Map<String, Set<String>> rows(String page) {
        return ROW.matcher(page)
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> CODE.matcher(row.group(2))
                                .results()
                                .map(code -> code.group(1))
                                .collect(Collectors.toSet())));
    }

    /** The tests of all modules whose names begin with what looks like an id. */
    private static List<IdTest> tests(Path root) throws IOException {
        List<IdTest> tests = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.sorted().toList()) {
                Path sources = module.resolve("src/test/java");
                if (Files.isDirectory(sources)) {
                    try (Stream<Path> files = Files.walk(sources)) {
                        for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                                .sorted()
                                .toList()) {
                            tests.addAll(testsOf(file));
                        }
                    }
                }
            }
        }
        return tests;
    }

    private static List<IdTest> testsOf(Path file) throws IOException {
        String name = file.getFileName().toString().replace(".java", "");
        return METHOD.matcher(Files.readString(file))
                .results()
                .map(method -> new IdTest(name, method.group(1), ids(method)))
                .toList();
    }

    private static Set<String> ids(MatchResult method) {
        Set<String> ids = new TreeSet<>();
        ids.add(method.group(2).toUpperCase(Locale.ROOT));
        Matcher more = ID.matcher(method.group(3));
        while (more.find()) {
            ids.add(more.group());
        }
        return ids;
    }
}
