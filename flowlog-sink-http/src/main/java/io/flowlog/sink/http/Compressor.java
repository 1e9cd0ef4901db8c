package io.flowlog.sink.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Compresses the blocks of one delivery: in the calling thread, or in a second one while the calling thread encodes the next
 * blocks. The writer gets the same calls in the same order, so the bodies are the same. The second thread starts with the
 * second block of a body, so small sources never use it.
 *
 * <p>One thread calls the methods of this class and must close it. After {@link #close} nothing is running.
 */
final class Compressor implements AutoCloseable {
    /** Blocks between the two threads. More would not help: compressing takes about as long as all work before it. */
    private static final int BLOCKS = 6;

    private final BodyWriter writer;
    /** Where the second thread comes from; null to compress in the calling thread. */
    private @Nullable Executor executor;

    private int blocksOfBody;

    /** Guarded by this, as are the following. */
    private final Deque<Block> free = new ArrayDeque<>();

    private final Deque<Block> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean closed;
    private @Nullable Throwable failure;

    Compressor(BodyWriter writer, @Nullable Executor executor) {
        this.writer = writer;
        this.executor = executor;
    }

    /** A copy of a block of lines, or the end of a body. */
    private static final class Block {
        byte[] bytes = new byte[0];
        int length;
        final LineParts parts = new LineParts();
        int crc;
        long jsonBytes;

        @Nullable
        Body ended;
    }

    /** Adds a block to the body, as {@link BodyWriter#write(byte[], int, LineParts, int)}. */
    void write(byte[] bytes, int length, LineParts parts, int count) {
        if (!inSecondThread(++blocksOfBody > 1)) {
            writer.write(bytes, length, parts, count);
            return;
        }
        Block block = awaitFree();
        if (block.bytes.length < length) {
            block.bytes = new byte[bytes.length];
        }
        System.arraycopy(bytes, 0, block.bytes, 0, length);
        block.length = length;
        if (block.parts.parts.length < count) {
            block.parts.parts = new long[parts.parts.length];
        }
        System.arraycopy(parts.parts, 0, block.parts.parts, 0, count);
        block.parts.count = count;
        block.ended = null;
        pass(block);
    }

    /** Ends the body, as {@link BodyWriter#finish}, and returns it before all of it is compressed. */
    Body finish(int crc, long jsonBytes) {
        blocksOfBody = 0;
        if (!inSecondThread(false)) {
            return Body.of(writer.finish(crc, jsonBytes));
        }
        Block block = awaitFree();
        block.crc = crc;
        block.jsonBytes = jsonBytes;
        Body body = new Body();
        block.ended = body;
        pass(block);
        return body;
    }

    /** Whether the second thread is running; starts it if it is not, and there is one. */
    private boolean inSecondThread(boolean start) {
        synchronized (this) {
            if (running || failure != null) {
                return true;
            }
            if (!start || executor == null) {
                return false;
            }
            for (int i = 0; i < BLOCKS; i++) {
                free.add(new Block());
            }
            try {
                executor.execute(this::compressAll);
                running = true;
            } catch (RejectedExecutionException e) {
                // The sink is closed. The delivery will notice it and end.
                executor = null;
            }
            return running;
        }
    }

    private synchronized Block awaitFree() {
        await(() -> !free.isEmpty() || failure != null);
        throwFailure();
        return free.remove();
    }

    private synchronized void pass(Block block) {
        // The second thread can have failed since the block was taken. Nobody would complete the block's body.
        throwFailure();
        waiting.add(block);
        notifyAll();
    }

    private synchronized void throwFailure() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    private void compressAll() {
        try {
            for (Block block = next(null); block != null; block = next(block)) {
                Body body = block.ended;
                if (body == null) {
                    writer.write(block.bytes, block.length, block.parts, block.parts.count);
                } else {
                    complete(body, block);
                }
            }
            end(new IllegalStateException("the delivery has ended"));
        } catch (RuntimeException | Error e) {
            end(e);
        }
    }

    private void complete(Body body, Block block) {
        try {
            body.complete(writer.finish(block.crc, block.jsonBytes));
        } catch (RuntimeException | Error e) {
            body.fail(e);
            throw e;
        }
    }

    /** Returns a block that is compressed, and waits for the next one; null when there are no more. */
    private synchronized @Nullable Block next(@Nullable Block done) {
        if (done != null) {
            free.add(done);
            notifyAll();
        }
        await(() -> !waiting.isEmpty() || closed);
        return closed ? null : waiting.remove();
    }

    /** Ends the second thread. No body waits for it any longer. */
    private synchronized void end(Throwable why) {
        failure = why;
        running = false;
        for (Block block : waiting) {
            if (block.ended != null) {
                block.ended.fail(why);
            }
        }
        waiting.clear();
        notifyAll();
    }

    /** Waits for the other thread. An interrupt does not end the wait, which is short, and is not lost. */
    private synchronized void await(BooleanSupplier condition) {
        boolean interrupted = false;
        while (!condition.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the second thread has ended, without compressing what is left, and closes the writer. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
            await(() -> !running);
        }
        writer.close();
    }
}
