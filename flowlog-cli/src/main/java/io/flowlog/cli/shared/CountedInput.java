package io.flowlog.cli.shared;

import io.flowlog.parser.RandomAccessInput;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** Counts the stored bytes that are read from an opened {@link Source}. For one thread. */
public sealed class CountedInput extends FilterInputStream {
    private final LongConsumer counter;

    private CountedInput(InputStream in, LongConsumer counter) {
        super(in);
        this.counter = counter;
    }

    /**
     * The same bytes, which can be read at any position if those of the source can.
     *
     * @param in what {@link Source#open} returned
     * @param counter called with the number of bytes of each read
     * @return a stream; closing it closes the source
     */
    public static InputStream of(InputStream in, LongConsumer counter) {
        return in instanceof RandomAccessInput file
                ? new RandomAccess(in, file, counter)
                : new CountedInput(in, counter);
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        if (value >= 0) {
            counter.accept(1);
        }
        return value;
    }

    @Override
    public int read(byte[] target, int at, int max) throws IOException {
        int count = in.read(target, at, max);
        if (count > 0) {
            counter.accept(count);
        }
        return count;
    }

    private static final class RandomAccess extends CountedInput implements RandomAccessInput {
        private final RandomAccessInput file;
        private final LongConsumer counter;

        RandomAccess(InputStream in, RandomAccessInput file, LongConsumer counter) {
            super(in, counter);
            this.file = file;
            this.counter = counter;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void readFully(long position, ByteBuffer target) throws IOException {
            int count = target.remaining();
            file.readFully(position, target);
            counter.accept(count);
        }
    }
}
