package io.flowlog.sink.http;

import java.util.HashSet;
import java.util.Set;

/** The batches of one delivery that are with the sending threads. Safe for several threads. */
final class InFlight {
    private final Set<Thread> senders = new HashSet<>();
    private int batches;
    private boolean cancelled;

    /** A batch is about to be handed to a thread. */
    synchronized void begun() {
        batches++;
    }

    /** The batch is done with, one way or the other. */
    synchronized void ended() {
        batches--;
        notifyAll();
    }

    /** The calling thread begins to send; false when all was cancelled before. */
    synchronized boolean enter() {
        if (!cancelled) {
            senders.add(Thread.currentThread());
        }
        return !cancelled;
    }

    /** The calling thread has sent. A late cancellation was meant for this delivery, not for the thread's next one. */
    synchronized void leave() {
        senders.remove(Thread.currentThread());
        Thread.interrupted();
    }

    /** Breaks off what other threads send. */
    synchronized void cancel() {
        cancelled = true;
        for (Thread sender : senders) {
            if (sender != Thread.currentThread()) {
                sender.interrupt();
            }
        }
    }

    synchronized void awaitNone() throws InterruptedException {
        while (batches > 0) {
            wait();
        }
    }

    /** Waits whatever happens; an interrupt cancels what is in flight. True when there was one. */
    boolean awaitNoneOrCancel() {
        boolean interrupted = false;
        while (true) {
            try {
                awaitNone();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
                cancel();
            }
        }
    }
}
