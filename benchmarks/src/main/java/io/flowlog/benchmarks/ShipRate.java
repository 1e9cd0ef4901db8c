package io.flowlog.benchmarks;

import io.flowlog.cli.local.EmbeddedS3;
import io.flowlog.cli.local.LocalLake;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sample.SampleGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Measures {@code flowlog ship} on many small objects, for {@code benchmarks/ship}: the objects of a minute, and the same
 * command again, which has nothing to send. S3 (s3proxy, which checks signatures) and the lake are in this program.
 */
final class ShipRate {
    private static final String BUCKET = "logs";
    private static final String TOKEN = UUID.randomUUID().toString();
    private static final int RECORDS = 20;
    private static final int MAX_UPLOADS = 5;

    private ShipRate() {}

    /** Arguments: the number of objects, then options for {@code flowlog ship}. */
    public static void main(String[] args) throws Exception {
        int objects = Integer.parseInt(args[0]);
        List<String> options = List.of(args).subList(1, args.length);
        Path journal = Files.createTempFile("flowlog-ship-", ".jsonl");
        Files.delete(journal);
        try (EmbeddedS3 s3 = EmbeddedS3.start();
                LocalLake lake = LocalLake.start(TOKEN, 0)) {
            s3.createBucket(BUCKET);
            for (int i = 0; i < objects; i++) {
                upload(s3, String.format(Locale.ROOT, "AWSLogs/%06d.log.gz", i), object(i));
            }
            double first = ship(s3, lake, journal, options);
            if (lake.received().lines() != (long) objects * RECORDS) {
                throw new IOException("the lake has " + lake.received().lines() + " records");
            }
            System.out.printf(
                    Locale.ROOT,
                    "%,d objects in %.1f s: %,.0f objects a minute%n",
                    objects,
                    first,
                    objects * 60 / first);
            long requests = lake.received().requests();
            double again = ship(s3, lake, journal, options);
            if (lake.received().requests() != requests) {
                throw new IOException("the same command sent something again");
            }
            System.out.printf(Locale.ROOT, "The same command again: %.2f s%n", again);
        } finally {
            Files.deleteIfExists(journal);
        }
        System.exit(0);
    }

    /** About one upload in a thousand fails in all attempts of the SDK, because s3proxy closes the connection. */
    private static void upload(EmbeddedS3 s3, String key, byte[] object) {
        for (int attempt = 1; ; attempt++) {
            try {
                s3.put(BUCKET, key, object);
                return;
            } catch (SdkClientException e) {
                if (attempt == MAX_UPLOADS) {
                    throw e;
                }
            }
        }
    }

    /** No two objects are alike, so that each is a source of its own for the lake. */
    private static byte[] object(int seed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            new SampleGenerator(SampleFormat.V2, seed).writeRecords(gzip, RECORDS);
        }
        return bytes.toByteArray();
    }

    /** Returns the seconds from the start of the command to its end. */
    private static double ship(EmbeddedS3 s3, LocalLake lake, Path journal, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "./flowlog",
                "ship",
                "s3://" + BUCKET + "/AWSLogs/",
                "--to",
                lake.endpoint().toString(),
                "--journal",
                journal.toString()));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(s3.functionSettings());
        builder.environment().put("FLOWLOG_TOKEN", TOKEN);
        long begin = System.nanoTime();
        int status = builder.start().waitFor();
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (status != 0) {
            throw new IOException("flowlog ship ended with status " + status);
        }
        return seconds;
    }
}
