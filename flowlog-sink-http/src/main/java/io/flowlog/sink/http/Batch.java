package io.flowlog.sink.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * The body of one request, and the values that its key consists of. Only the compressed bytes are kept, so that requests in
 * flight need little memory. If a batch is too large for the lake, which is rare, it is decompressed to be halved.
 */
final class Batch {
    private final String sourceHex;
    private final Compression compression;
    private final Lake lake;
    private final LineRuns lines;
    private final Body body;
    private final long jsonBytes;
    private final int crc;
    private final int lineEnds;

    Batch(
            String sourceHex,
            Compression compression,
            Lake lake,
            LineRuns lines,
            Body body,
            long jsonBytes,
            int crc,
            int lineEnds) {
        this.sourceHex = sourceHex;
        this.compression = compression;
        this.lake = lake;
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

    Lake lake() {
        return lake;
    }

    LineRange range() {
        return new LineRange(lines.first(), lines.last());
    }

    int records() {
        return lines.records();
    }

    /**
     * How many records the body holds, counted by line ends in its bytes: equal to {@link #records()}, or something is
     * wrong.
     */
    int lineEnds() {
        return lineEnds % lake.linesPerRecord() == 0 ? lineEnds / lake.linesPerRecord() : 0;
    }

    /** The body as it is sent. Waits until it is compressed. */
    byte[] body() {
        return body.bytes();
    }

    /** Length of the body before compression. */
    long jsonBytes() {
        return jsonBytes;
    }

    /** Whether this is one record that the lake would accept and cut off. */
    boolean isCut() {
        return records() == 1 && jsonBytes > lake.maxRecordBytes();
    }

    /** The two children of this batch in the fixed tree: its first records, rounded down to half, and the others. */
    List<Batch> halves() {
        byte[] json = lines();
        int first = records() / 2;
        int middle = Newlines.indexAfter(json, 0, first * lake.linesPerRecord());
        try (BodyWriter writer = compression.newBlockWriter()) {
            return List.of(
                    part(writer, json, 0, middle, lines.slice(0, first)),
                    part(writer, json, middle, json.length, lines.slice(first, records())));
        }
    }

    private Batch part(BodyWriter writer, byte[] json, int from, int to, LineRuns partLines) {
        CRC32 partCrc = new CRC32();
        if (lake.isArray()) {
            json[from] = '[';
        }
        partCrc.update(json, from, to - from);
        writer.write(json, from, to - from);
        if (lake.isArray()) {
            partCrc.update(']');
            writer.write(new byte[] {']'}, 0, 1);
        }
        long bytes = to - from + (lake.isArray() ? 1 : 0);
        int value = (int) partCrc.getValue();
        byte[] partBody = writer.finish(value, bytes);
        int partEnds = Newlines.count(json, from, to - from);
        return new Batch(sourceHex, compression, lake, partLines, Body.of(partBody), bytes, value, partEnds);
    }

    /** A batch of some of the records. */
    Batch only(BitSet records) {
        byte[] json = lines();
        byte[] chosen = new byte[json.length];
        LineRuns chosenLines = new LineRuns();
        int size = 0;
        int from = 0;
        for (int record = 0; record < records(); record++) {
            int to = Newlines.indexAfter(json, from, lake.linesPerRecord());
            if (records.get(record)) {
                System.arraycopy(json, from, chosen, size, to - from);
                size += to - from;
                chosenLines.add(lines.line(record));
            }
            from = to;
        }
        try (BodyWriter writer = compression.newBlockWriter()) {
            return part(writer, chosen, 0, size, chosenLines);
        }
    }

    /** The physical line of a record, by its number in the batch from 0. */
    long line(int record) {
        return lines.line(record);
    }

    /** The lines of the body, without the bracket that closes an array. */
    private byte[] lines() {
        byte[] json = unpack();
        return lake.isArray() ? Arrays.copyOf(json, json.length - 1) : json;
    }

    private byte[] unpack() {
        if (compression == Compression.NONE) {
            return body();
        }
        try (InputStream in = compression.unpacked(body())) {
            byte[] json = new byte[Math.toIntExact(jsonBytes)];
            in.readNBytes(json, 0, json.length);
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
