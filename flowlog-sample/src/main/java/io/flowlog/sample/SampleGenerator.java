package io.flowlog.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/**
 * Generates flow logs like those of a busy VPC or transit gateway: recurring network interfaces, conversations in both
 * directions, IPv4 and IPv6, AWS services, rejected scanners, and intervals without data.
 *
 * <p>The text depends only on the format, the seed and the size. It is the same on every JVM. All account ids, resource ids
 * and addresses are invented. An object of this class writes one file and is not safe for use by several
 * threads.
 */
public final class SampleGenerator {
    /** The seed of the samples that the project ships: {@value}. */
    public static final long DEFAULT_SEED = 1;

    /** When the first aggregation interval of every sample starts. */
    static final Instant START = Instant.parse("2026-03-17T09:40:00Z");

    private static final int INTERVAL_SECONDS = 60;
    private static final int INTERVALS = 60;
    /** Lines that wait to leave in another order; this and the network's size make gzip find what it finds in AWS's. */
    private static final int INTERLEAVED = 512;

    /** Records between two lines without traffic that are there for certain; a small file has some, too. */
    private static final int SILENCE_EVERY = 600;

    private final SampleFormat format;
    private final SampleRandom random;
    private final Source source;

    /** Where records come from: writes some that belong together. */
    interface Source {
        /**
         * Writes at least one record and at most {@code most}.
         *
         * @return how many it wrote
         */
        int write(LineBuffer line, long intervalStart, int most) throws IOException;

        /** Writes one record without traffic, which has that {@code log-status}. */
        void writeSilence(LineBuffer line, long intervalStart, byte[] status) throws IOException;
    }

    /**
     * Creates a generator for one file.
     *
     * @param format the columns to write
     * @param seed any number; a different number gives a different network and other traffic
     */
    public SampleGenerator(SampleFormat format, long seed) {
        this.format = format;
        this.random = new SampleRandom(seed);
        this.source = format == SampleFormat.TGW ? new SampleTransitTraffic(random) : new SampleTraffic(format, random);
    }

    /**
     * Writes the header and a number of records.
     *
     * @param out where to; flushed, not closed
     * @param records how many, 0 or more
     * @return the number of bytes written
     * @throws IOException if {@code out} throws it
     */
    public long writeRecords(OutputStream out, long records) throws IOException {
        return write(out, records, Long.MAX_VALUE, records);
    }

    /**
     * Writes the header and records until a size is reached. The last line is complete, so the text can be slightly larger.
     *
     * @param out where to; flushed, not closed
     * @param bytes the minimum number of bytes of text
     * @return the number of bytes written
     * @throws IOException if {@code out} throws it
     */
    public long writeBytes(OutputStream out, long bytes) throws IOException {
        return write(out, Long.MAX_VALUE, bytes, bytes / format.typicalLineLength() + 1);
    }

    private long write(OutputStream out, long mostRecords, long enoughBytes, long expected) throws IOException {
        LineBuffer header = new LineBuffer(out, random, 0);
        header.column(LineBuffer.ascii(format.header())).endLine();
        header.flush();
        LineBuffer line = new LineBuffer(out, random, INTERLEAVED);
        long start = START.getEpochSecond();
        long written = 0;
        long nextSilence = SILENCE_EVERY / 8;
        boolean skipped = true;
        while (written < mostRecords && line.written() < enoughBytes) {
            long interval = start + INTERVAL_SECONDS * Math.min(INTERVALS - 1, written * INTERVALS / expected);
            int most = (int) Math.min(Integer.MAX_VALUE, mostRecords - written);
            if (line.written() + 64L * format.typicalLineLength() > enoughBytes) {
                most = 1;
            }
            if (written >= nextSilence) {
                source.writeSilence(line, interval, skipped ? SampleFlow.SKIPDATA : SampleFlow.NODATA);
                skipped = !skipped;
                written++;
                nextSilence += nextSilence < SILENCE_EVERY ? SILENCE_EVERY / 8 : SILENCE_EVERY;
            } else {
                written += source.write(line, interval, most);
            }
        }
        line.flush();
        return header.written() + line.written();
    }
}
