package io.flowlog.cli.ship;

import io.flowlog.cli.shared.Errors;
import io.flowlog.sink.http.DeliveryListener;
import io.flowlog.sink.http.SourceId;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Reports the first records that the lake rejected, with its reason. The summary has their number. */
final class RejectedRecords implements DeliveryListener {
    private static final int SHOWN = 10;

    private final Consumer<String> messages;
    private final AtomicInteger count = new AtomicInteger();

    RejectedRecords(Consumer<String> messages) {
        this.messages = messages;
    }

    @Override
    public void onRejected(SourceId source, long line, String reason) {
        if (count.incrementAndGet() <= SHOWN) {
            messages.accept(source + ", line " + line + ": the lake rejected the record: " + Errors.oneLine(reason));
        }
    }
}
