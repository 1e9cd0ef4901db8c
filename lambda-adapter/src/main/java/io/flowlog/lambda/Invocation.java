package io.flowlog.lambda;

import io.flowlog.lambda.Metrics.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Delivers the objects and log events of one event before the deadline. Big objects are delivered one after the other, so that as many
 * as possible are finished. Small objects have separate lanes and do not wait for a big one. Every lane delivers the smallest
 * object first. What is not finished at the deadline has failed, and it is stopped before the answer.
 */
final class Invocation {
    /** Compressed bytes from which an object counts as big: some seconds of work for one core. */
    private static final long BIG_BYTES = 8L * 1024 * 1024;

    /** All but the lane of the big objects. */
    private static final int SMALL_LANES = Settings.OBJECTS_AT_ONCE - 1;

    private static final Logger LOG = LoggerFactory.getLogger(Invocation.class);

    private final InvocationScope scope;

    Invocation(InvocationScope scope) {
        this.scope = scope;
    }

    /** Returns the results in the order of the items. */
    List<ItemResult> run(Event event) throws InterruptedException {
        event.items().forEach(this::countAndLog);
        Map<Work, Outcome> outcomes = deliver(event);
        List<ItemResult> results = new ArrayList<>();
        for (EventItem item : event.items()) {
            ItemResult result =
                    new ItemResult(item, item.work().stream().map(outcomes::get).toList());
            long failed = result.outcomes().stream().filter(o -> !o.isDone()).count();
            scope.metrics().add(Metric.FAILURES, item.refused().size() + failed);
            results.add(result);
        }
        return results;
    }

    private void countAndLog(EventItem item) {
        scope.metrics().add(Metric.IGNORED, item.ignored());
        if (item.ignored() > 0) {
            LOG.atInfo()
                    .addKeyValue("id", item.id())
                    .addKeyValue("count", item.ignored())
                    .log("event_ignored");
        }
        for (String why : item.refused()) {
            LOG.atError()
                    .addKeyValue("id", item.id())
                    .addKeyValue("reason", FailureReason.EVENT_REFUSED.code())
                    .addKeyValue("error", why)
                    .log("event_refused");
        }
    }

    /** By identity: the same object can be in an event twice. */
    private Map<Work, Outcome> deliver(Event event) throws InterruptedException {
        List<ObjectTask> tasks = event.items().stream()
                .flatMap(item -> item.work().stream())
                .map(work -> new ObjectTask(scope, work))
                .sorted(Comparator.comparingLong(ObjectTask::size))
                .toList();
        scope.metrics().add(Metric.OBJECTS, tasks.size());
        if (!tasks.isEmpty() && !scope.deadline().passed()) {
            runInLanes(tasks);
        }
        Map<Work, Outcome> outcomes = new IdentityHashMap<>();
        tasks.forEach(task -> outcomes.put(task.work(), task.settle()));
        return outcomes;
    }

    private void runInLanes(List<ObjectTask> tasks) throws InterruptedException {
        String requestId = MDC.get(InvocationScope.REQUEST_ID);
        long small = tasks.stream().filter(task -> task.size() < BIG_BYTES).count();
        ExecutorService smallLanes = lanes((int) Math.max(1, Math.min(SMALL_LANES, small)), "small");
        ExecutorService bigLane = lanes(1, "big");
        try {
            for (ObjectTask task : tasks) {
                task.start(task.size() < BIG_BYTES ? smallLanes : bigLane, requestId);
            }
            for (ObjectTask task : tasks) {
                task.await(scope.deadline().left().toNanos());
            }
        } finally {
            // Before the interrupt, so that each task can tell the deadline from another interrupt.
            tasks.forEach(ObjectTask::abort);
            smallLanes.shutdownNow();
            bigLane.shutdownNow();
            long grace = scope.deadline().grace().toNanos();
            long end = System.nanoTime() + grace;
            smallLanes.awaitTermination(grace, TimeUnit.NANOSECONDS);
            bigLane.awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        for (ObjectTask task : tasks) {
            task.await(0);
        }
    }

    private ExecutorService lanes(int count, String name) {
        return Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "flowlog-" + name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
