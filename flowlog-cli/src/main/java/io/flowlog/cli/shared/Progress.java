package io.flowlog.cli.shared;

import java.io.Closeable;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows the progress of a long command on standard error. On a terminal, it updates a block of lines: one for the whole
 * command, and one for each task that is running. In a pipe or a file, it prints the first line from time to time. Messages
 * are printed with {@link #print}, so that they do not mix with the block.
 *
 * <p>It does not use me.tongfei:progressbar, which shows a single bar and needs JLine. Loading JLine takes more time than a
 * whole run of {@code cat}. Safe for use by several threads.
 */
public final class Progress implements Closeable {
    private static final long TERMINAL_MILLIS = 200;
    private static final long LOG_MILLIS = 10_000;
    private static final int MOST_LINES = 12;
    private static final String ERASE_TO_END = "\u001b[J";

    private final PrintStream err;
    private final int width;
    private final boolean live;
    private final Supplier<List<String>> lines;
    private final ScheduledExecutorService timer;
    private int shown;
    private boolean closed;

    /**
     * Starts to show the progress.
     *
     * @param err standard error
     * @param terminal where it goes
     * @param lines the line for the whole command, then one for each task that is running; called on a separate thread
     */
    public Progress(PrintStream err, Terminal terminal, Supplier<List<String>> lines) {
        this.err = err;
        this.live = terminal.err();
        this.width = terminal.errColumns();
        this.lines = lines;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        long millis = live ? TERMINAL_MILLIS : LOG_MILLIS;
        timer.scheduleWithFixedDelay(this::show, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void show() {
        List<String> current = lines.get();
        synchronized (this) {
            if (closed || current.isEmpty()) {
                return;
            }
            if (!live) {
                Errors.print(err, current.get(0));
                return;
            }
            StringBuilder block = new StringBuilder(erase());
            shown = Math.min(MOST_LINES, current.size());
            for (String line : current.subList(0, shown)) {
                // One column less, because a terminal can wrap a line that fills it.
                block.append(Table.shortened(Errors.oneLine(line), Math.max(1, width - 1)))
                        .append('\n');
            }
            err.print(block);
            err.flush();
        }
    }

    private String erase() {
        return shown == 0 ? "" : "\u001b[" + shown + "A\r" + ERASE_TO_END;
    }

    /**
     * Prints a message above the block, as {@link Errors#print} does.
     *
     * @param message one line
     */
    public synchronized void print(String message) {
        if (live) {
            err.print(erase());
            shown = 0;
        }
        Errors.print(err, message);
    }

    /** Removes the block. */
    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            if (live && !closed) {
                err.print(erase());
                err.flush();
                shown = 0;
            }
            closed = true;
        }
    }
}
