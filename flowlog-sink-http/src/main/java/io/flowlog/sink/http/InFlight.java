package io.flowlog.sink.http;

import java.util.HashSet;
import java.util.Set;

/** The batches of one delivery that the sending threads have. Safe for use by several threads. */
final class InFlight {
    private final Set<Thread> senders = new HashSet<>();
    private int batches;
    private boolean cancelled;

    /** A batch is about to be given to a thread. */
    synchronized void begun() {
        batches++;
    }

    /** A batch was sent or has failed. */
    synchronized void ended() {
        batches--;
        notifyAll();
    }

    /** The calling thread starts to send. Returns false if everything was cancelled before. */
    synchronized boolean enter() {
        if (!cancelled) {
            senders.add(Thread.currentThread());
        }
        return !cancelled;
    }

    /** The calling thread has finished. Clears an interrupt, which was meant for this delivery and not for the next one. */
    synchronized void leave() {
        senders.remove(Thread.currentThread());
        Thread.interrupted();
    }

    /** Interrupts the other threads that send. */
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

    /** Waits until nothing is in flight. An interrupt cancels what is. Returns whether there was an interrupt. */
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
