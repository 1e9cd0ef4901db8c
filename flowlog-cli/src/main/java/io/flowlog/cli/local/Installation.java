package io.flowlog.cli.local;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the parts of the program in the folders where the build puts them. */
public final class Installation {
    private Installation() {}

    /**
     * The deployable jar.
     *
     * @throws IOException if it is not built
     */
    public static Path lambdaJar() throws IOException {
        Path modules = program().resolve("../../..").normalize();
        Path jar = modules.resolve("lambda-adapter/target/flowlog-lambda.jar");
        if (!Files.isRegularFile(jar) || !Files.isDirectory(lambdaRuntime())) {
            throw new IOException("the Lambda function is not built; run mvn package in " + modules);
        }
        return jar;
    }

    /** The class path of the function's JVM: only the deployed jar and the runtime client. */
    static List<Path> lambdaClassPath(RuntimeClient client, Path jar) throws IOException {
        List<Path> classPath = new ArrayList<>(List.of(jar));
        if (client == RuntimeClient.PLAIN) {
            classPath.add(program());
            return classPath;
        }
        try (Stream<Path> jars = Files.list(lambdaRuntime())) {
            jars.sorted().forEach(classPath::add);
        }
        return classPath;
    }

    private static Path lambdaRuntime() {
        return program().resolveSibling("lambda-runtime");
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
