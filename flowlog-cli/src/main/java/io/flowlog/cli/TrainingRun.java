package io.flowlog.cli;

import io.flowlog.cli.local.EmbeddedS3;
import io.flowlog.cli.local.LocalLake;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Runs {@code cat}, {@code ship} and {@code doctor} once, so that the JVM can keep the classes that they load in an archive
 * ({@code -XX:ArchiveClassesAtExit}). The script {@code flowlog} does this after a build. Most of the start-up of a command
 * that reads from S3 is the loading of the AWS SDK's classes.
 */
final class TrainingRun {
    private static final String BUCKET = "training";

    private TrainingRun() {}

    /**
     * Trains with one file.
     *
     * @param args a flow log, and a folder for temporary files
     */
    public static void main(String[] args) throws Exception {
        String token = UUID.randomUUID().toString();
        Path tokenFile = Files.writeString(Path.of(args[1], "token"), token);
        Path journal = Path.of(args[1], "journal.jsonl");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
        try (EmbeddedS3 s3 = EmbeddedS3.start();
                LocalLake lake = LocalLake.start(token, 1)) {
            s3.createBucket(BUCKET);
            s3.put(BUCKET, "a.log.gz", Path.of(args[0]));
            s3.useForThisProcess();
            String[] ship = {
                "ship",
                "s3://" + BUCKET + "/",
                "--to",
                lake.endpoint().toString(),
                "--token-file",
                tokenFile.toString(),
                "--journal",
                journal.toString()
            };
            run("cat", args[0]);
            run(ship);
            run(ship);
            run("doctor", args[0]);
        } finally {
            Files.deleteIfExists(tokenFile);
            Files.deleteIfExists(journal);
        }
        System.exit(0);
    }

    private static void run(String... arguments) {
        Main.commandLine(System.err).execute(arguments);
    }
}
