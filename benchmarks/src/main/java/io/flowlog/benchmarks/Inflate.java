package io.flowlog.benchmarks;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The least that reading gzip costs: the JDK's inflater and CRC-32 over 64 KiB at a time. */
final class Inflate {
    private static final int GZIP_HEADER = 10;
    private static final int BLOCK = 64 * 1024;

    private Inflate() {}

    /** The CRC-32 of what is in one member with a plain header. */
    static long crc(byte[] gzip) throws IOException {
        if (gzip[3] != 0) {
            throw new IOException("expected a gzip header without optional fields (gzip -n), found flags " + gzip[3]);
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(gzip, GZIP_HEADER, gzip.length - GZIP_HEADER);
            CRC32 crc = new CRC32();
            byte[] block = new byte[BLOCK];
            while (!inflater.finished()) {
                crc.update(block, 0, inflater.inflate(block));
            }
            return crc.getValue();
        } catch (DataFormatException e) {
            throw new IOException(e);
        } finally {
            inflater.end();
        }
    }
}
