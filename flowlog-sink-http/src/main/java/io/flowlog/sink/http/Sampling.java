package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogFilter;
import org.jspecify.annotations.Nullable;

/**
 * Which records are sampled.
 *
 * @param rate one in so many is kept; 1 keeps all, and nothing is marked
 * @param where the records that are sampled; null for all
 */
record Sampling(int rate, @Nullable FlowLogFilter where) {
    /** The member that tells how many records a kept one stands for. */
    static final String FIELD = "sample-rate";

    static final Sampling NONE = new Sampling(1, null);

    boolean active() {
        return rate > 1;
    }
}
