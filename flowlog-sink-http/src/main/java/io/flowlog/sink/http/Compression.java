package io.flowlog.sink.http;

/** How a request's body is compressed. */
public enum Compression {
    /** gzip (RFC 1952) over the whole body, with {@code Content-Encoding: gzip}. */
    GZIP,
    /** The JSON lines as they are, without a {@code Content-Encoding}. */
    NONE;

    BodyWriter newWriter() {
        return this == GZIP ? new GzipBodyWriter() : new PlainBodyWriter();
    }
}
