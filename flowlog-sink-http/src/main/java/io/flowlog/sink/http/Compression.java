package io.flowlog.sink.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** How a request's body is compressed. */
public enum Compression {
    /**
     * gzip (RFC 1952) over the whole body, with {@code Content-Encoding: gzip}. The compressor makes use of the structure
     * of the lines. For the usual formats, bodies are smaller than those of {@link #GZIP_JDK} and take a fraction of the
     * time.
     */
    GZIP("gzip", "gzip"),

    /** The same encoding, made by {@link java.util.zip.Deflater} at level 6. */
    GZIP_JDK("gzip-jdk", "gzip"),

    /**
     * Zstandard (RFC 8878): each body is one frame with a checksum, with {@code Content-Encoding: zstd}. Bodies are about a
     * third smaller than those of {@link #GZIP}, and take about as long as those of {@link #GZIP_JDK}. The window is at most
     * 4 MiB, within the limit of RFC 9659. Many lakes do not accept it.
     *
     * <p>It requires the library {@code com.github.luben:zstd-jni} at run time, on the class path or as the module {@code
     * com.github.luben.zstd_jni}, with its native library for this machine. Without it, {@link HttpSink.Builder#build}
     * throws an {@link InvalidSettingException}.
     */
    ZSTD("zstd", "zstd"),

    /** The JSON lines as they are, without a {@code Content-Encoding}. */
    NONE("none", "");

    private static final int LONGEST_CAUSE = 200;

    private final String label;
    private final String contentEncoding;

    Compression(String label, String contentEncoding) {
        this.label = label;
        this.contentEncoding = contentEncoding;
    }

    /**
     * Finds a compression by the name that settings use.
     *
     * @param label {@code gzip}, {@code gzip-jdk}, {@code zstd} or {@code none}
     * @return the compression, or empty for any other text
     */
    public static Optional<Compression> of(String label) {
        return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
    }

    /**
     * The name that settings use.
     *
     * @return for example {@code gzip-jdk}
     */
    public String label() {
        return label;
    }

    /** The name that settings use. */
    @Override
    public String toString() {
        return label;
    }

    /** A writer for rows, which says what they consist of. */
    BodyWriter newWriter() {
        return this == GZIP ? new RowGzipWriter() : newBlockWriter();
    }

    /** A writer for bytes of which only their text is known. */
    BodyWriter newBlockWriter() {
        return switch (this) {
            case GZIP, GZIP_JDK -> new GzipBodyWriter();
            case ZSTD -> new ZstdBodyWriter();
            case NONE -> new PlainBodyWriter();
        };
    }

    /** The bytes that a body was made from. Its writer must be one of this compression. */
    InputStream unpacked(byte[] body) throws IOException {
        InputStream in = new ByteArrayInputStream(body);
        return switch (this) {
            // A single member that this library wrote, in memory. The faults of GZIPInputStream do not matter for it.
            case GZIP, GZIP_JDK -> new GZIPInputStream(in, 64 * 1024);
            case ZSTD -> ZstdBodyWriter.unpacked(in);
            case NONE -> in;
        };
    }

    /** The {@code Content-Encoding}; empty when bodies have none. */
    String contentEncoding() {
        return contentEncoding;
    }

    /** Why bodies cannot be compressed like this in this program, as the rest of a sentence; empty if they can. */
    Optional<String> problem() {
        if (this != ZSTD) {
            return Optional.empty();
        }
        try {
            newBlockWriter().close();
            return Optional.empty();
        } catch (LinkageError e) {
            if (e.getCause() instanceof ClassNotFoundException) {
                return Optional.of("requires the library com.github.luben:zstd-jni, which is not on the class path");
            }
            return Optional.of("requires the native library of com.github.luben:zstd-jni for "
                    + System.getProperty("os.name") + " on " + System.getProperty("os.arch")
                    + ", which could not be loaded: " + OneLine.of(String.valueOf(e.getMessage()), LONGEST_CAUSE));
        }
    }
}
