package io.flowlog.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** gzip at level 1, fed with whole blocks, for every contender alike. */
final class GzipBlocks {
    private static final int BLOCK = 64 * 1024;

    private GzipBlocks() {}

    static OutputStream into(OutputStream out) throws IOException {
        return new BufferedOutputStream(
                new GZIPOutputStream(out, BLOCK) {
                    {
                        def.setLevel(1);
                    }
                },
                BLOCK);
    }
}
