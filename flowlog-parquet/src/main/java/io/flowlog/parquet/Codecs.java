package io.flowlog.parquet;

import com.github.luben.zstd.Zstd;
import dev.hardwood.internal.compression.Decompressor;
import dev.hardwood.internal.compression.DecompressorFactory;
import dev.hardwood.metadata.CompressionCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;

/**
 * Decompresses pages. hardwood's own decompressors do not compare the CRC-32 of gzip, and their results can be longer than the
 * page, which hides data that end early. These check both. For gzip only the JDK is needed, for Snappy nothing, for Zstandard
 * {@code zstd-jni}.
 */
final class Codecs extends DecompressorFactory {
    static final Codecs INSTANCE = new Codecs();

    private Codecs() {
        super(null);
    }

    static boolean isSupported(CompressionCodec codec) {
        return switch (codec) {
            case UNCOMPRESSED, GZIP, SNAPPY -> true;
            case ZSTD -> hasZstd();
            default -> false;
        };
    }

    /** What a user has to know about a codec that is not supported. */
    static String hint(CompressionCodec codec) {
        return codec == CompressionCodec.ZSTD ? "; add com.github.luben:zstd-jni to the class path" : "";
    }

    private static boolean hasZstd() {
        try {
            Class.forName("com.github.luben.zstd.Zstd", false, Codecs.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    public Decompressor getDecompressor(CompressionCodec codec) {
        return new Decompressor() {
            @Override
            public byte[] decompress(ByteBuffer compressed, int size) throws IOException {
                byte[] in = new byte[compressed.remaining()];
                compressed.get(in);
                return switch (codec) {
                    case UNCOMPRESSED -> exactly(in, size);
                    case GZIP -> gzip(in, size);
                    case SNAPPY -> snappy(in, size);
                    case ZSTD -> zstd(in, size);
                    default -> throw new IOException("the codec " + codec + " is not supported");
                };
            }

            @Override
            public String getName() {
                return codec.name();
            }
        };
    }

    private static byte[] exactly(byte[] bytes, int size) throws IOException {
        if (bytes.length != size) {
            throw new IOException("expected " + size + " bytes after decompression, found " + bytes.length);
        }
        return bytes;
    }

    private static byte[] gzip(byte[] in, int size) throws IOException {
        byte[] out = new byte[size];
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(in), Math.max(1, in.length))) {
            int count = gzip.readNBytes(out, 0, size);
            // The read at the end compares the CRC-32.
            if (count < size || gzip.read() >= 0) {
                throw new IOException("expected " + size + " bytes after decompression, found "
                        + (count < size ? String.valueOf(count) : "more"));
            }
        }
        return out;
    }

    private static byte[] snappy(byte[] in, int size) throws IOException {
        byte[] out = new byte[size];
        Snappy.decompress(in, 0, in.length, out);
        return out;
    }

    private static byte[] zstd(byte[] in, int size) throws IOException {
        byte[] out = new byte[size];
        long count = Zstd.decompressByteArray(out, 0, size, in, 0, in.length);
        if (Zstd.isError(count)) {
            throw new IOException("Zstandard: " + Zstd.getErrorName(count));
        }
        return count == size ? out : exactly(new byte[(int) count], size);
    }
}
