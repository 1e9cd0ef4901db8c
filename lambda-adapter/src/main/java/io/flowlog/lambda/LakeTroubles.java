package io.flowlog.lambda;

import io.flowlog.sink.http.DeliveryListener;
import io.flowlog.sink.http.LineRange;
import io.flowlog.sink.http.SourceId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Remembers why the last request of each source failed, until {@link #forget}. Safe for use by several threads. */
final class LakeTroubles implements DeliveryListener {
    private final Map<SourceId, String> last = new ConcurrentHashMap<>();

    @Override
    public void onRetry(SourceId source, LineRange lines, int attempt, String why, Duration wait) {
        last.put(source, why);
    }

    @Nullable
    String last(SourceId source) {
        return last.get(source);
    }

    void forget(SourceId source) {
        last.remove(source);
    }
}
