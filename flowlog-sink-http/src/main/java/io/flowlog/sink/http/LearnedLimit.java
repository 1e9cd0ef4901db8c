package io.flowlog.sink.http;

import java.util.concurrent.TimeUnit;

/**
 * The largest body that the lake accepts, in uncompressed bytes, as far as the sink has learned it. A 413 can also come from
 * a proxy or a temporary fault. A rejected size is therefore a limit for other calls only after it was confirmed: a
 * smaller body was accepted, and after that a body of this size was rejected again. The sink forgets a limit when a body
 * of its size is accepted, and after some time, which doubles each time the limit is confirmed. Safe for use by several
 * threads.
 */
final class LearnedLimit {
    private static final long SHORTEST_VALIDITY = TimeUnit.SECONDS.toNanos(10);
    private static final long LONGEST_VALIDITY = TimeUnit.MINUTES.toNanos(10);
    private static final long NONE = Long.MAX_VALUE;

    /** A limit that makes so many requests of one is not used before it is confirmed. */
    private static final int DOUBTFUL_PARTS = 8;

    private final Time time;
    private long refused = NONE;
    private long since;
    private boolean accepted;
    private long acceptedAt;
    private boolean confirmed;
    private long validity = SHORTEST_VALIDITY;

    LearnedLimit(Time time) {
        this.time = time;
    }

    private synchronized long confirmed() {
        lapse();
        return confirmed ? refused : NONE;
    }

    private synchronized void refused(long bytes, long began) {
        lapse();
        if (refused == NONE || bytes < refused - refused / 4) {
            refused = bytes;
            since = time.nanoTime();
            accepted = false;
            confirmed = false;
            return;
        }
        refused = Math.min(refused, bytes);
        if (!confirmed && accepted && began - acceptedAt >= 0) {
            confirmed = true;
            since = time.nanoTime();
        }
    }

    private synchronized void accepted(long bytes, long began) {
        lapse();
        if (bytes >= refused) {
            forget();
        } else if (refused != NONE && !accepted && began - since >= 0) {
            accepted = true;
            acceptedAt = time.nanoTime();
        }
    }

    private synchronized void forget() {
        clear();
        validity = SHORTEST_VALIDITY;
    }

    private void clear() {
        refused = NONE;
        accepted = false;
        confirmed = false;
    }

    private void lapse() {
        if (refused == NONE || time.nanoTime() - since < (confirmed ? validity : LONGEST_VALIDITY)) {
            return;
        }
        if (confirmed) {
            validity = Math.min(2 * validity, LONGEST_VALIDITY);
        }
        clear();
    }

    /** The view of one call of {@code send}, which uses what it has learned itself also before it is confirmed. */
    Call newCall() {
        return new Call();
    }

    /** One call's view of the limit. The moments when requests began come from {@link Time#nanoTime()}. */
    final class Call {
        private long own = NONE;
        private long ownSince;

        /** Whether a body is to be halved without trying it: a part of, or the whole of, a batch of so many bytes. */
        synchronized boolean excludes(long bytes, long nominalBytes) {
            if (bytes >= confirmed()) {
                return true;
            }
            if (own != NONE && time.nanoTime() - ownSince >= SHORTEST_VALIDITY) {
                own = NONE;
            }
            return bytes >= own && nominalBytes / own < DOUBTFUL_PARTS;
        }

        synchronized void refused(long bytes, long began) {
            LearnedLimit.this.refused(bytes, began);
            if (bytes < own) {
                own = bytes;
                ownSince = time.nanoTime();
            }
        }

        synchronized void accepted(long bytes, long began) {
            LearnedLimit.this.accepted(bytes, began);
            if (bytes >= own) {
                own = NONE;
            }
        }

        /** Single records were refused one after the other: it is not the size that the lake refuses. */
        synchronized void forget() {
            LearnedLimit.this.forget();
            own = NONE;
        }
    }
}
