package io.flowlog.spark;

import io.flowlog.sample.SampleFormat;
import io.flowlog.sample.SampleGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes the files of tests. */
final class Logs {
    static final String HEADER = "version srcaddr dstport bytes action some-future-field";

    private Logs() {}

    static Path write(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        Files.write(file, file.toString().endsWith(".gz") ? gzip(text) : text);
        return file;
    }

    static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }

    /** The lines of a sample, the header first. */
    static String[] sample(SampleFormat format, long seed, int records) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        new SampleGenerator(format, seed).writeRecords(text, records);
        return text.toString(StandardCharsets.UTF_8).split("\n");
    }

    /** A path as AWS builds it, below a folder. */
    static Path key(Path folder, String account, String region, String flowLog, String time) {
        return folder.resolve("AWSLogs/%s/vpcflowlogs/%s/%s/%s/%s/%s_vpcflowlogs_%s_%s_%sZ_1a2b3c4d.log.gz"
                .formatted(
                        account,
                        region,
                        time.substring(0, 4),
                        time.substring(4, 6),
                        time.substring(6, 8),
                        account,
                        region,
                        flowLog,
                        time));
    }
}
