package io.flowlog.parser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Runs {@link GzipInput} over whole files, all of them named {@code flows.log.gz}. */
final class Inflating {
    static final byte[] ONE = text(1, 40);
    static final byte[] TWO = text(2, 40);

    private Inflating() {}

    static ThrowingCallable inflating(byte[] file) {
        return () -> inflate(file);
    }

    static byte[] inflate(byte[] file) throws IOException {
        return inflate(new ByteArrayInputStream(file), 0, 8192);
    }

    static byte[] inflate(InputStream in, int sniffed, int targetSize) throws IOException {
        byte[] first = in.readNBytes(sniffed);
        try (GzipInput gzip = new GzipInput(in, first, first.length, "flows.log.gz")) {
            return drain(gzip, new byte[targetSize]);
        }
    }

    static byte[] drain(GzipInput gzip, byte[] target) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int count = gzip.read(target, 0, target.length); count >= 0; count = gzip.read(target, 0, target.length)) {
            assertThat(count).isPositive();
            out.write(target, 0, count);
        }
        return out.toByteArray();
    }

    static GzipInput open(byte[] file) {
        return new GzipInput(new ByteArrayInputStream(file), new byte[0], 0, "flows.log.gz");
    }

    static byte[] text(long seed, int words) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(random.nextInt(1000)).append(i % 14 == 13 ? '\n' : ' ');
        }
        return text.toString().getBytes(UTF_8);
    }
}
