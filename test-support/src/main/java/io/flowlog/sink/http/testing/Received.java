package io.flowlog.sink.http.testing;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A request as the lake got it: its first line, its headers by lower-case name, and its body as on the wire. */
public record Received(String requestLine, Map<String, String> headers, byte[] body) {
    /** A header's value, or null. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(java.util.Locale.ROOT));
    }

    /** The Idempotency-Key; empty when there is none. */
    public String key() {
        return headers.getOrDefault("idempotency-key", "");
    }

    /** The body without its compression. */
    public byte[] json() {
        try (InputStream in = unpacked(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InputStream unpacked(InputStream in) throws IOException {
        String encoding = header("content-encoding");
        if (encoding == null) {
            return in;
        }
        return switch (encoding) {
            case "gzip" -> new GZIPInputStream(in);
            case "zstd" -> new ZstdInputStreamNoFinalizer(in);
            default -> throw new IOException("unknown Content-Encoding: " + encoding);
        };
    }

    /** The lines of the body, without their line ends; each had one. */
    public List<String> lines() {
        String text = new String(json(), StandardCharsets.UTF_8);
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line has no line end");
        }
        return List.of(text.substring(0, text.length() - 1).split("\n", -1));
    }
}
