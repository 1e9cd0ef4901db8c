package io.flowlog.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code flowlog-lambda.jar} carries besides code: the licences of everything in it, and its own version. */
class DeployableJarIT {
    private static final Path JAR = Path.of("../lambda-adapter/target/flowlog-lambda.jar");

    @Test
    void carriesTheLicencesAndNoticesOfEveryLibraryInIt() throws IOException {
        List<String> missing = new ArrayList<>();
        int libraries = 0;
        try (JarFile deployable = new JarFile(JAR.toFile())) {
            for (Path library : librariesOfTheProgram()) {
                try (JarFile jar = new JarFile(library.toFile())) {
                    if (!contains(deployable, jar)) {
                        continue;
                    }
                    libraries++;
                    missing.addAll(missingFrom(deployable, folderOf(library), jar));
                }
            }
        }
        assertThat(libraries).as("libraries in the deployable jar").isGreaterThan(20);
        assertThat(missing)
                .as(
                        "licence files that %s lacks; a library without one in its jar needs a file in "
                                + "lambda-adapter/src/main/deployable/licenses",
                        JAR)
                .isEmpty();
    }

    private static List<Path> librariesOfTheProgram() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target/lib"))) {
            return files.filter(file -> !file.getFileName().toString().matches("(flowlog|lambda)-.*"))
                    .sorted()
                    .toList();
        }
    }

    /** Whether the library's first class is in the deployable jar, byte for byte. */
    private static boolean contains(JarFile deployable, JarFile library) throws IOException {
        JarEntry first = library.stream()
                .filter(entry -> entry.getName().endsWith(".class"))
                .filter(entry -> !entry.getName().startsWith("META-INF/"))
                .filter(entry -> !entry.getName().endsWith("module-info.class"))
                .findFirst()
                .orElseThrow();
        JarEntry same = deployable.getJarEntry(first.getName());
        return same != null && same.getCrc() == first.getCrc();
    }

    private static String folderOf(Path library) {
        return "META-INF/licenses/" + library.getFileName().toString().replaceAll("-\\d.*", "") + "-jar/";
    }

    private static List<String> missingFrom(JarFile deployable, String folder, JarFile library) throws IOException {
        Map<String, Long> expected = new TreeMap<>();
        library.stream()
                .filter(entry -> entry.getName().matches("META-INF/[^/]*(LICENSE|NOTICE)[^/]*"))
                .forEach(entry ->
                        expected.put(folder + entry.getName().substring("META-INF/".length()), entry.getCrc()));
        if (expected.isEmpty()) {
            boolean some =
                    deployable.stream().anyMatch(entry -> entry.getName().startsWith(folder) && !entry.isDirectory());
            return some ? List.of() : List.of(folder);
        }
        return expected.entrySet().stream()
                .filter(file -> {
                    JarEntry entry = deployable.getJarEntry(file.getKey());
                    return entry == null || entry.getCrc() != file.getValue();
                })
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void staysUnderThirteenMegabytesWithTheNativeLibrariesOfLambdaAlone() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(13_000_000);
        try (JarFile deployable = new JarFile(JAR.toFile())) {
            assertThat(deployable.stream().map(JarEntry::getName))
                    .filteredOn(name -> name.contains("zstd-jni") && !name.startsWith("META-INF/licenses/"))
                    .hasSize(2)
                    .allMatch(name -> name.matches("linux/(amd64|aarch64)/libzstd-jni-[0-9.-]+\\.so"));
        }
    }

    @Test
    void carriesOurOwnLicence() throws IOException {
        try (JarFile deployable = new JarFile(JAR.toFile())) {
            JarEntry licence = deployable.getJarEntry("META-INF/LICENSE");
            assertThat(new String(deployable.getInputStream(licence).readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(Files.readString(Path.of("../LICENSE")));
        }
    }

    @Test
    void namesItsVersionAndSoDoesTheProgram() throws IOException {
        assertThat(version(JAR)).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(version(Path.of("target/flowlog-cli.jar"))).isEqualTo(version(JAR));
    }

    private static String version(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        }
    }
}
