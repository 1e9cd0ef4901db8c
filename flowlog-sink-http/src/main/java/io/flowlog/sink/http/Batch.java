package io.flowlog.sink.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/**
 * The body of one request, and the values that its key consists of. Only the compressed bytes are kept, so that requests in
 * flight need little memory. If a batch is too large for the lake, which is rare, it is decompressed to be halved.
 */
final class Batch {
    private final String sourceHex;
    private final Compression compression;
    private final LineRuns lines;
    private final byte[] body;
    private final long jsonBytes;
    private final int crc;
    private final int lineEnds;

    Batch(
            String sourceHex,
            Compression compression,
            LineRuns lines,
            byte[] body,
            long jsonBytes,
            int crc,
            int lineEnds) {
        this.sourceHex = sourceHex;
        this.compression = compression;
        this.lines = lines;
        this.body = body;
        this.jsonBytes = jsonBytes;
        this.crc = crc;
        this.lineEnds = lineEnds;
    }

    /** The {@code Idempotency-Key}; empty when the source has no id. */
    String key() {
        return sourceHex.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "v1-%s-%d-%d-%08x", sourceHex, lines.first(), lines.last(), crc);
    }

    LineRange range() {
        return new LineRange(lines.first(), lines.last());
    }

    int records() {
        return lines.records();
    }

    /** How many line ends the body holds, counted in its bytes: equal to {@link #records()}, or something is wrong. */
    int lineEnds() {
        return lineEnds;
    }

    byte[] body() {
        return body;
    }

    /** Length of the body before compression. */
    long jsonBytes() {
        return jsonBytes;
    }

    /** The two children of this batch in the fixed tree: its first records, rounded down to half, and the others. */
    List<Batch> halves() {
        byte[] json = unpack();
        int first = records() / 2;
        int middle = Newlines.indexAfter(json, 0, first);
        try (BodyWriter writer = compression.newBlockWriter()) {
            return List.of(
                    part(writer, json, 0, middle, lines.slice(0, first)),
                    part(writer, json, middle, json.length, lines.slice(first, records())));
        }
    }

    private Batch part(BodyWriter writer, byte[] json, int from, int to, LineRuns partLines) {
        CRC32 partCrc = new CRC32();
        partCrc.update(json, from, to - from);
        writer.write(json, from, to - from);
        int value = (int) partCrc.getValue();
        byte[] partBody = writer.finish(value, to - from);
        int partEnds = Newlines.count(json, from, to - from);
        return new Batch(sourceHex, compression, partLines, partBody, to - from, value, partEnds);
    }

    private byte[] unpack() {
        if (compression == Compression.NONE) {
            return body;
        }
        // A single gzip member that this library wrote, in memory. The faults of GZIPInputStream do not matter for it.
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body), 64 * 1024)) {
            byte[] json = new byte[Math.toIntExact(jsonBytes)];
            in.readNBytes(json, 0, json.length);
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
