package io.flowlog.benchmarks;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.sink.http.Compression;
import io.flowlog.sink.http.DeliveryException;
import io.flowlog.sink.http.HttpSink;
import io.flowlog.sink.http.SourceId;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A flow log to the bodies of requests: by the sink itself, and by what one would write first. */
final class Bodies {
    private static final int BLOCK = 64 * 1024;
    private static final int BATCH = 5 << 20;

    private Bodies() {}

    /** The sink's bodies, in the order of the source, compressed by the thread that reads. The log is gzip or text. */
    static void flowlog(InputStream log, Compression compression, OutputStream bodies) throws IOException {
        flowlog(log, compression, false, bodies);
    }

    /** The same bodies, compressed by the thread that reads or by a second one. */
    static void flowlog(InputStream log, Compression compression, boolean parallel, OutputStream bodies)
            throws IOException {
        try (FlowLogReader reader = FlowLogReader.open(log);
                HttpSink sink = HttpSink.builder("https://lake.example/")
                        .httpClient(new InstantLake(bodies))
                        .compression(compression)
                        .parallelCompression(parallel)
                        .maxInFlight(1)
                        .build()) {
            sink.send(SourceId.named("benchmark"), reader);
        } catch (DeliveryException e) {
            throw new IOException(e);
        }
    }

    /** gzip of this level, written in whole blocks. */
    static OutputStream gzip(int level, OutputStream out) throws IOException {
        return new BufferedOutputStream(
                new GZIPOutputStream(out, BLOCK) {
                    {
                        def.setLevel(level);
                    }
                },
                BLOCK);
    }

    /** {@link Peers#SPLIT}, jackson-core's generator and {@code Deflater}, from gzip. */
    static void splitGenerator(byte[] log, int level, OutputStream bodies) throws IOException {
        try (OutputStream out = gzip(level, bodies)) {
            Encoders.generator(Peers.SPLIT, new GZIPInputStream(new ByteArrayInputStream(log), BLOCK), out);
        }
    }

    /** Compresses JSON lines with {@code Deflater}, as many bytes a body as the sink's, and returns the size. */
    static long deflate(byte[] json, int level) {
        Deflater deflater = new Deflater(level, true);
        byte[] out = new byte[BLOCK];
        long size = 0;
        for (int from = 0; from < json.length; from += BATCH) {
            int end = Math.min(from + BATCH, json.length);
            for (int at = from; at < end; at += BLOCK) {
                deflater.setInput(json, at, Math.min(BLOCK, end - at));
                while (!deflater.needsInput()) {
                    size += deflater.deflate(out);
                }
            }
            deflater.finish();
            while (!deflater.finished()) {
                size += deflater.deflate(out);
            }
            deflater.reset();
        }
        deflater.end();
        return size;
    }

    /** Compresses JSON lines with Zstandard, as many bytes a body as the sink's, and returns the size. */
    static long zstd(byte[] json, int level) {
        byte[] out = new byte[(int) Zstd.compressBound(BATCH)];
        long size = 0;
        try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
            zstd.setLevel(level);
            for (int from = 0; from < json.length; from += BATCH) {
                int length = Math.min(BATCH, json.length - from);
                size += zstd.compressByteArray(out, 0, out.length, json, from, length);
            }
        }
        return size;
    }
}
