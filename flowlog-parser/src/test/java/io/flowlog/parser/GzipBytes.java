package io.flowlog.parser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Builds gzip files byte by byte, right and wrong ones. */
final class GzipBytes {
    private GzipBytes() {}

    static byte[] gzip(String text) {
        return gzip(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] gzip(byte[] data) {
        return join(header(0), body(data));
    }

    /** A header whose flags byte is {@code flags}, followed by {@code fields} as they are. */
    static byte[] header(int flags, byte[]... fields) {
        return join(bytes(0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 0xff), join(fields));
    }

    /** The header with its CRC-16 behind it; the flags have to say so. */
    static byte[] withHeaderCrc(byte[] header) {
        CRC32 crc = new CRC32();
        crc.update(header);
        return join(header, bytes((int) crc.getValue(), (int) crc.getValue() >>> 8));
    }

    /** Deflated data, their CRC-32 and their length. */
    static byte[] body(byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(data);
        return join(deflate(data), littleEndian((int) crc.getValue()), littleEndian(data.length));
    }

    static byte[] deflate(byte[] data) {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(data);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    static byte[] littleEndian(int value) {
        return bytes(value, value >>> 8, value >>> 16, value >>> 24);
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (byte[] part : parts) {
                out.write(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] cut(byte[] whole, int length) {
        return Arrays.copyOf(whole, length);
    }

    static byte[] flip(byte[] whole, int at, int mask) {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) mask;
        return flipped;
    }
}
