package io.flowlog.lambda;

import io.flowlog.parser.RandomAccessInput;
import io.flowlog.s3.S3ObjectStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of an object, with a view of how far they are for other threads. Does not close the object. */
final class WatchedObject extends InputStream implements RandomAccessInput {
    private final S3ObjectStream object;
    private volatile long position;
    private volatile boolean reading;

    WatchedObject(S3ObjectStream object) {
        this.object = object;
    }

    /** Bytes read so far. For any thread. */
    long position() {
        return position;
    }

    /** Whether S3 is being waited for. For any thread. */
    boolean isReading() {
        return reading;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int at, int max) throws IOException {
        reading = true;
        try {
            return object.read(target, at, max);
        } finally {
            reading = false;
            position = object.position();
        }
    }

    @Override
    public long size() {
        return object.size();
    }

    @Override
    public void readFully(long from, ByteBuffer target) throws IOException {
        reading = true;
        try {
            object.readFully(from, target);
        } finally {
            reading = false;
            position = object.position();
        }
    }
}
