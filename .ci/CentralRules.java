import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Checks an unpacked bundle against Maven Central's requirements
 * (https://central.sonatype.org/publish/requirements/) and against the modules of this build.
 *
 * <p>Usage: {@code java .ci/CentralRules.java BUNDLE VERSION CHECKOUT}. Signatures are verified by the caller, with gpg.
 */
class CentralRules {
    private static final Map<String, String> CHECKSUMS = Map.of("md5", "MD5", "sha1", "SHA-1");
    private static final List<String> REQUIRED = List.of("name", "description", "url", "licenses", "developers", "scm");

    private final Path bundle;
    private final String version;
    private final List<String> problems = new ArrayList<>();

    private CentralRules(Path bundle, String version) {
        this.bundle = bundle;
        this.version = version;
    }

    public static void main(String[] args) throws Exception {
        CentralRules rules = new CentralRules(Path.of(args[0]), args[1]);
        Set<String> expected = publishedModules(Path.of(args[2]));
        Set<String> found = rules.check();
        if (!found.equals(expected)) {
            rules.problems.add("the bundle has " + found + ", the build publishes " + expected);
        }
        rules.problems.forEach(System.out::println);
        System.out.println(rules.problems.isEmpty()
                ? "the bundle of " + args[1] + " passes: " + found
                : rules.problems.size() + " problems");
        System.exit(rules.problems.isEmpty() ? 0 : 1);
    }

    /** The root and the modules of its pom that do not say {@code flowlog.unpublished}. */
    private static Set<String> publishedModules(Path checkout) throws Exception {
        Element root = pom(checkout.resolve("pom.xml"));
        Set<String> published = new TreeSet<>(Set.of(text(root, "artifactId")));
        for (Element module : children(child(root, "modules"))) {
            Element pom = pom(checkout.resolve(module.getTextContent().strip()).resolve("pom.xml"));
            Element properties = child(pom, "properties");
            if (properties == null || !"true".equals(text(properties, "flowlog.unpublished"))) {
                published.add(text(pom, "artifactId"));
            }
        }
        return published;
    }

    private Set<String> check() throws Exception {
        Set<String> artifacts = new TreeSet<>();
        try (Stream<Path> files = Files.walk(bundle)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (!file.toString().matches(".*\\.(asc|md5|sha1|sha256|sha512)")) {
                    checkChecksums(file);
                    require(file, ".asc");
                }
                if (file.toString().endsWith(".pom")) {
                    artifacts.add(checkArtifact(file));
                }
            }
        }
        return artifacts;
    }

    private void require(Path file, String suffix) {
        Path wanted = file.resolveSibling(file.getFileName() + suffix);
        if (!Files.isRegularFile(wanted)) {
            problems.add("missing: " + bundle.relativize(wanted));
        }
    }

    private void checkChecksums(Path file) throws Exception {
        for (Map.Entry<String, String> kind : CHECKSUMS.entrySet()) {
            Path sum = file.resolveSibling(file.getFileName() + "." + kind.getKey());
            String expected = HexFormat.of()
                    .formatHex(MessageDigest.getInstance(kind.getValue()).digest(Files.readAllBytes(file)));
            if (!Files.isRegularFile(sum)) {
                problems.add("missing: " + bundle.relativize(sum));
            } else if (!Files.readString(sum).strip().equals(expected)) {
                problems.add("wrong checksum: " + bundle.relativize(sum));
            }
        }
    }

    private String checkArtifact(Path file) throws Exception {
        Element pom = pom(file);
        String artifact = text(pom, "artifactId");
        String name = artifact + "-" + version;
        Element parent = child(pom, "parent");
        String group = text(pom, "groupId") == null ? text(parent, "groupId") : text(pom, "groupId");
        Path folder = bundle.resolve(group.replace('.', '/')).resolve(artifact).resolve(version);
        if (!file.equals(folder.resolve(name + ".pom"))) {
            problems.add("in the wrong place: " + bundle.relativize(file));
        }
        Element inherited = parent == null ? null : pom(file.resolve("../../..").normalize()
                .resolve(text(parent, "artifactId")).resolve(version)
                .resolve(text(parent, "artifactId") + "-" + version + ".pom"));
        for (String element : REQUIRED) {
            if (child(pom, element) == null && (inherited == null || child(inherited, element) == null)) {
                problems.add(artifact + ": no <" + element + ">");
            }
        }
        if (Files.readString(file).contains("-SNAPSHOT")) {
            problems.add(artifact + ": its pom names a SNAPSHOT");
        }
        if (!"pom".equals(text(pom, "packaging"))) {
            checkJars(folder, name);
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(path -> path.toString().contains("-tests."))
                    .forEach(path -> problems.add("a test jar: " + bundle.relativize(path)));
        }
        return artifact;
    }

    private void checkJars(Path folder, String name) throws IOException {
        for (String suffix : List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
            Path file = folder.resolve(name + suffix);
            if (!Files.isRegularFile(file)) {
                problems.add("missing: " + bundle.relativize(file));
            } else if (suffix.endsWith(".jar")) {
                checkJar(file, suffix);
            }
        }
    }

    private void checkJar(Path file, String suffix) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Set<String> names = jar.stream().map(entry -> entry.getName()).collect(Collectors.toSet());
            String wanted = suffix.equals("-sources.jar") ? ".java" : suffix.equals("-javadoc.jar") ? ".html" : ".class";
            if (names.stream().noneMatch(entry -> entry.endsWith(wanted))) {
                problems.add("no " + wanted + " in " + bundle.relativize(file));
            }
            if (suffix.equals(".jar")
                    && !version.equals(jar.getManifest().getMainAttributes().getValue("Implementation-Version"))) {
                problems.add("no Implementation-Version " + version + " in " + bundle.relativize(file));
            }
        }
    }

    private static Element pom(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static Element child(Element parent, String name) {
        return children(parent).stream().filter(node -> node.getTagName().equals(name)).findFirst().orElse(null);
    }

    private static String text(Element parent, String name) {
        Element child = child(parent, name);
        return child == null ? null : child.getTextContent().strip();
    }
}
