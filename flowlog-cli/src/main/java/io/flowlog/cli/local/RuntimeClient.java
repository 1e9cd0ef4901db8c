package io.flowlog.cli.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The program that runs the handler in its JVM. */
public enum RuntimeClient {
    /** AWS's runtime interface client. Its native library exists for Linux only. */
    AWS("com.amazonaws.services.lambda.runtime.api.client.AWSLambda", "AWS's runtime interface client"),
    /** A substitute for systems where AWS's client does not run. */
    PLAIN(PlainRuntimeClient.class.getName(), "a substitute for AWS's runtime interface client, which requires Linux");

    private static final String LIBRARY_PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private final String mainClass;
    private final String description;

    RuntimeClient(String mainClass, String description) {
        this.mainClass = mainClass;
        this.description = description;
    }

    String mainClass() {
        return mainClass;
    }

    String description() {
        return description;
    }

    /** AWS's client where it runs, otherwise the substitute. */
    public static RuntimeClient forThisSystem() {
        return System.getProperty("os.name").equals("Linux") && library() != null ? AWS : PLAIN;
    }

    /**
     * The JVM options that the client needs. By default, AWS's client unpacks its library to a fixed name in
     * the temp folder, where several processes would overwrite each other's.
     *
     * @param directory a directory that only this process uses, for the library
     */
    List<String> jvmOptions(Path directory) throws IOException {
        if (this == PLAIN) {
            return List.of();
        }
        String resource = library();
        Path file = directory.resolve("aws-lambda-jni.so");
        try (InputStream library = resource == null ? null : RuntimeClient.class.getResourceAsStream(resource)) {
            if (library == null) {
                throw new IOException("AWS's runtime client has no native library for this system");
            }
            Files.copy(library, file);
        }
        return List.of("-D" + LIBRARY_PROPERTY + "=" + file);
    }

    private static @Nullable String library() {
        String arch = switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch_64";
            default -> "unknown";
        };
        String name = "/jni/libaws-lambda-jni.linux" + (isMusl() ? "_musl" : "") + "-" + arch + ".so";
        return RuntimeClient.class.getResource(name) == null ? null : name;
    }

    private static boolean isMusl() {
        try (DirectoryStream<Path> loaders = Files.newDirectoryStream(Path.of("/lib"), "ld-musl-*")) {
            return loaders.iterator().hasNext() && !Files.exists(Path.of("/etc/debian_version"));
        } catch (IOException e) {
            return false;
        }
    }
}
