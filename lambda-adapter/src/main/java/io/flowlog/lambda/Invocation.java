package io.flowlog.lambda;

import io.flowlog.lambda.Answer.Part;
import io.flowlog.lambda.Delivery.Target;
import io.flowlog.lambda.Metrics.Metric;
import io.flowlog.lambda.ObjectDelivery.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the objects of one event before the deadline. Big objects go one after the other, so that each that is
 * finished is progress; small ones have lanes of their own and are not held up by a big one, and in every lane the
 * smaller goes first. What is not finished in time is failed, and is stopped before the answer.
 */
final class Invocation {
    /** Compressed bytes from which an object is a big one: some seconds of one core. */
    private static final long BIG_BYTES = 8L * 1024 * 1024;

    private static final int SMALL_LANES = 3;

    private final Work work;
    private final String requestId;

    Invocation(Work work, String requestId) {
        this.work = work;
        this.requestId = requestId;
    }

    List<Part> run(Event event) throws InterruptedException {
        Map<Target, Job> jobs = start(event);
        List<Part> parts = new ArrayList<>();
        for (Delivery delivery : event.deliveries()) {
            parts.add(new Part(delivery, outcome(delivery, jobs)));
        }
        return parts;
    }

    private Map<Target, Job> start(Event event) throws InterruptedException {
        List<Job> jobs = event.deliveries().stream()
                .flatMap(delivery -> delivery.objects().stream())
                .map(target -> new Job(new ObjectDelivery(work, target)))
                .sorted(Comparator.comparingLong(Job::size))
                .toList();
        work.metrics().add(Metric.OBJECTS, jobs.size());
        if (!jobs.isEmpty() && !work.deadline().passed()) {
            runInLanes(jobs);
        }
        Map<Target, Job> byTarget = new IdentityHashMap<>();
        jobs.forEach(job -> byTarget.put(job.delivery.target(), job));
        return byTarget;
    }

    private void runInLanes(List<Job> jobs) throws InterruptedException {
        long small = jobs.stream().filter(job -> job.size() < BIG_BYTES).count();
        ExecutorService smallLanes = lanes((int) Math.max(1, Math.min(SMALL_LANES, small)), "small");
        ExecutorService bigLane = lanes(1, "big");
        try {
            for (Job job : jobs) {
                job.future = (job.size() < BIG_BYTES ? smallLanes : bigLane).submit(() -> runOne(job));
            }
            for (Job job : jobs) {
                job.await(work.deadline().left().toNanos());
            }
        } finally {
            // Before the interrupt, so that what it ends knows why.
            jobs.forEach(job -> job.delivery.abort());
            smallLanes.shutdownNow();
            bigLane.shutdownNow();
            long grace = work.deadline().grace().toNanos();
            long end = System.nanoTime() + grace;
            smallLanes.awaitTermination(grace, TimeUnit.NANOSECONDS);
            bigLane.awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        for (Job job : jobs) {
            job.await(0);
        }
    }

    private Outcome runOne(Job job) {
        Log.enter(requestId);
        try {
            return job.delivery.run();
        } finally {
            Log.leave();
        }
    }

    private ExecutorService lanes(int count, String name) {
        return Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "flowlog-" + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    private Outcome outcome(Delivery delivery, Map<Target, Job> jobs) {
        work.metrics().add(Metric.IGNORED, delivery.ignored());
        if (delivery.ignored() > 0) {
            work.log()
                    .info("event_ignored")
                    .with("id", delivery.id())
                    .with("count", delivery.ignored())
                    .write();
        }
        for (String why : delivery.refused()) {
            work.log()
                    .error("event_refused")
                    .with("id", delivery.id())
                    .with("error", why)
                    .write();
        }
        List<String> failures = new ArrayList<>(delivery.refused());
        List<String> done = new ArrayList<>();
        boolean forGood = true;
        for (Target target : delivery.objects()) {
            Outcome outcome = jobs.get(target).outcome();
            (outcome.isDone() ? done : failures).add(outcome.message());
            forGood &= outcome.kind() != Outcome.Kind.FAILED;
        }
        work.metrics().add(Metric.FAILURES, failures.size());
        return failures.isEmpty()
                ? Outcome.done(String.join("; ", done))
                : Outcome.failed(String.join("; ", failures), forGood);
    }

    /** One object on its way. Only the invocation's thread touches the future. */
    private static final class Job {
        final ObjectDelivery delivery;
        private @Nullable Future<Outcome> future;
        private @Nullable Outcome outcome;

        Job(ObjectDelivery delivery) {
            this.delivery = delivery;
        }

        /** Its size; -1, and so among the small ones, where the event does not tell. */
        long size() {
            return delivery.target().size();
        }

        void await(long nanos) throws InterruptedException {
            Future<Outcome> running = future;
            if (running == null || outcome != null || running.isCancelled()) {
                return;
            }
            try {
                outcome = running.get(nanos, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // told by outcome()
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw new IllegalStateException(e.getCause());
            }
        }

        Outcome outcome() {
            Outcome known = outcome;
            return known != null
                    ? known
                    : Outcome.failed(delivery.target().object().uri() + ObjectDelivery.NOT_FINISHED, false);
        }
    }
}
