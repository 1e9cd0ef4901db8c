package io.flowlog.parquet;

import io.flowlog.parser.LimitExceededException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of one Parquet file that is being read. All files of the program that are open at the same time have a quarter of
 * the heap together, so that sizes in a file, true or not, never exhaust it. For one thread.
 */
final class MemoryShare implements AutoCloseable {
    private static final long MIB = 1024 * 1024;
    private static final AtomicLong ALL = new AtomicLong();

    private final long most;
    private final String name;
    private long held;

    MemoryShare(String name) {
        this(name, Runtime.getRuntime().maxMemory() / 4);
    }

    MemoryShare(String name, long most) {
        this.name = name;
        this.most = most;
    }

    /**
     * Takes memory, or gives some back.
     *
     * @param bytes how much more is needed than before; can be negative
     * @throws LimitExceededException if there is not as much; then nothing was taken
     */
    void add(long bytes) throws LimitExceededException {
        long all = ALL.addAndGet(bytes);
        if (bytes > 0 && all > most) {
            ALL.addAndGet(-bytes);
            throw new LimitExceededException(
                    LimitExceededException.Limit.MEMORY,
                    name,
                    "expected a Parquet file that needs at most " + most / MIB
                            + " MiB of memory (a quarter of the heap), found one that needs "
                            + (held + bytes) / MIB + " MiB"
                            + (all - bytes > held ? " while others are being read" : "")
                            + "; give Java more memory, or write smaller row groups and pages");
        }
        held += bytes;
    }

    @Override
    public void close() {
        ALL.addAndGet(-held);
        held = 0;
    }
}
