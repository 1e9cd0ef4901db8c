package io.flowlog.cli.local;

import io.flowlog.cli.testing.Samples;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sink.http.testing.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the function's JVM start fast in tests: with an archive of the classes that a delivery loads, and with the first
 * compiler tier only. The first test that starts a function makes the archive, for all test JVMs of this build.
 */
final class FastStart {
    private static final List<String> OPTIONS = options();

    private FastStart() {}

    /** The options for the function's JVM. */
    static List<String> jvmOptions() {
        return OPTIONS;
    }

    private static List<String> options() {
        // What the JVM says about an archive that does not fit would be in the function's log.
        List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-Xlog:disable"));
        try {
            Path archive = archive();
            if (Files.exists(archive)) {
                options.add("-XX:SharedArchiveFile=" + archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return options;
    }

    private static Path archive() throws IOException, InterruptedException {
        Path target = Path.of("target").toAbsolutePath();
        long built = Files.getLastModifiedTime(Installation.lambdaJar()).toMillis();
        Path archive = target.resolve("function-" + Runtime.version().feature() + "-" + built + ".jsa");
        try (FileChannel lock = FileChannel.open(
                target.resolve("function.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            if (!Files.exists(archive)) {
                train(archive);
            }
        }
        return archive;
    }

    private static void train(Path archive) throws IOException, InterruptedException {
        Path unfinished = archive.resolveSibling(archive.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        List<String> options =
                List.of("-XX:TieredStopAtLevel=1", "-Xlog:disable", "-XX:ArchiveClassesAtExit=" + unfinished);
        try (FaultyWorld world = new FaultyWorld(Script.ok(), options)) {
            byte[] object = Samples.gzip(Samples.text(SampleFormat.V2, 500));
            if (!world.invoke(world.put("k", object)).succeeded()) {
                throw new IOException("the function does not deliver: " + world.log());
            }
            Process process = world.function().process();
            // An end in order, after which the JVM writes the archive.
            process.destroy();
            process.waitFor();
        }
        if (Files.exists(unfinished)) {
            Files.move(unfinished, archive, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
