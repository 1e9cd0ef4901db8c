package io.flowlog.cli.testing;

import io.flowlog.sample.SampleFormat;
import io.flowlog.sample.SampleGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Flow logs for tests. */
public final class Samples {
    private Samples() {}

    public static byte[] text(SampleFormat format, int records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new SampleGenerator(format, 42).writeRecords(out, records);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
