package io.flowlog.sink.http;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Writes each body as one Zstandard frame (RFC 8878) with a checksum, for bytes of any kind. No other class refers to the
 * library zstd-jni, so that all others can be loaded without it.
 */
final class ZstdBodyWriter implements BodyWriter {
    /** A terabyte costs little at this level, compute and egress together, with 14 MB of memory: docs/performance.md. */
    private static final int LEVEL = 9;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream(64 * 1024);
    private final ZstdOutputStreamNoFinalizer frames;

    ZstdBodyWriter() {
        try {
            frames = new ZstdOutputStreamNoFinalizer(body, LEVEL)
                    .setChecksum(true)
                    .setCloseFrameOnFlush(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(byte[] block, int from, int length) {
        try {
            frames.write(block, from, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] finish(int crc, long jsonBytes) {
        try {
            frames.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] whole = body.toByteArray();
        body.reset();
        return whole;
    }

    /** What frames in memory were made from. */
    static InputStream unpacked(InputStream frames) throws IOException {
        return new ZstdInputStreamNoFinalizer(frames);
    }

    @Override
    public void close() {
        try {
            frames.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
