package io.flowlog.sink.http;

/** How a request's body is compressed. */
public enum Compression {
    /**
     * gzip (RFC 1952) over the whole body, with {@code Content-Encoding: gzip}. The compressor makes use of the structure
     * of the lines. For the usual formats, bodies are smaller than those of {@link #GZIP_JDK} and take a fraction of the
     * time.
     */
    GZIP,
    /** The same encoding, made by {@link java.util.zip.Deflater} at level 6. */
    GZIP_JDK,
    /** The JSON lines as they are, without a {@code Content-Encoding}. */
    NONE;

    /** A writer for rows, which says what they consist of. */
    BodyWriter newWriter() {
        return this == GZIP ? new RowGzipWriter() : newBlockWriter();
    }

    /** A writer for bytes of which only their text is known. */
    BodyWriter newBlockWriter() {
        return this == NONE ? new PlainBodyWriter() : new GzipBodyWriter();
    }

    /** The {@code Content-Encoding}; empty when bodies have none. */
    String contentEncoding() {
        return this == NONE ? "" : "gzip";
    }
}
