package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogReader;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/** Runs the deliveries of a sink. It holds what they share and puts each one together. Safe for use by several threads. */
final class Deliveries implements AutoCloseable {
    private final SinkSettings settings;
    private final Transport transport;
    private final Time time;
    private final Supplier<LongUnaryOperator> jitters;
    private final SendingThreads threads;
    private final LakeHeaders headers;
    private final LearnedLimit limit;
    private final Set<Delivery> running = ConcurrentHashMap.newKeySet();

    Deliveries(
            SinkSettings settings,
            List<LakeHeaders.Header> headers,
            Transport transport,
            Time time,
            Supplier<LongUnaryOperator> jitters) {
        this.settings = settings;
        this.transport = transport;
        this.time = time;
        this.jitters = jitters;
        this.threads = new SendingThreads(settings.maxInFlight());
        this.headers = new LakeHeaders(headers, settings.redactor(), threads);
        this.limit = new LearnedLimit(time);
    }

    DeliveryReport run(SourceId source, FlowLogReader reader, Duration timeout) throws DeliveryException {
        CallClock clock = new CallClock(time, timeout);
        Ledger ledger = new Ledger(source, reader.counts(), clock);
        RequestSender requests =
                new RequestSender(settings, transport, headers.newCall(), ledger, clock, jitters.get());
        BatchSender sender = new BatchSender(requests, limit.newCall(), ledger, clock, settings.listener());
        Delivery delivery = new Delivery(settings, threads, parallel(), sender, ledger, clock, reader);
        running.add(delivery);
        try {
            if (threads.closed()) {
                throw new IllegalStateException("the sink is closed");
            }
            return delivery.run();
        } finally {
            running.remove(delivery);
        }
    }

    /** Whether a second thread for this delivery gets a processor of its own. The bodies do not depend on it. */
    private boolean parallel() {
        return settings.processors() >= 2 * (running.size() + 1);
    }

    SinkSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        threads.close();
        running.forEach(Delivery::sinkClosed);
    }
}
