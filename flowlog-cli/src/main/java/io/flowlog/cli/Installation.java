package io.flowlog.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the parts of the program are: beside each other as the build leaves them. */
final class Installation {
    private Installation() {}

    /** What the function's JVM has on its class path: the deployable jar and the client that runs it, nothing else. */
    static List<Path> lambdaClassPath(RuntimeClient client) throws IOException {
        Path program = program();
        Path modules = program.resolve("../../..").normalize();
        Path jar = modules.resolve("lambda-adapter/target/flowlog-lambda.jar");
        Path runtime = program.resolveSibling("lambda-runtime");
        if (!Files.isRegularFile(jar) || !Files.isDirectory(runtime)) {
            throw new IOException("the Lambda function is not built; run mvn package in " + modules);
        }
        List<Path> classPath = new ArrayList<>(List.of(jar));
        if (client == RuntimeClient.PLAIN) {
            classPath.add(program);
            return classPath;
        }
        try (Stream<Path> jars = Files.list(runtime)) {
            jars.sorted().forEach(classPath::add);
        }
        return classPath;
    }

    /** The jar or directory of this program's classes, in flowlog-cli/target. */
    private static Path program() {
        try {
            return Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
