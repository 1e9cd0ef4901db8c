package io.flowlog.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import io.flowlog.lambda.Metrics.Metric;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The work of every handler, for all types of events. Safe for several invocations at once. */
final class FlowLogFunction {
    private static final Logger LOG = LoggerFactory.getLogger(FlowLogFunction.class);

    private final Settings settings;
    private final Connections connections;

    FlowLogFunction(Map<String, String> environment) {
        String version = Release.version();
        try {
            settings = Settings.from(environment);
        } catch (SettingsException e) {
            LOG.atError()
                    .addKeyValue("version", version)
                    .addKeyValue("problems", e.problems())
                    .addKeyValue("error", e.getMessage())
                    .log("settings_refused");
            throw e;
        }
        LOG.atInfo()
                .addKeyValue("version", version)
                .addKeyValue("java", System.getProperty("java.runtime.version"))
                .log("started");
        if (!settings.hasToken()) {
            LOG.atWarn().log("no_token");
        }
        connections = Connections.open(settings, environment);
    }

    /** Delivers an event, and returns the results in the order of its items. */
    List<ItemResult> deliver(Event event, Context context) {
        return invoke(context, scope -> new Invocation(scope).run(event));
    }

    /** Transforms records of Firehose. */
    FirehoseAnswer transform(FirehoseEvent event, Context context) {
        return invoke(context, scope -> new FirehoseTransform(scope, event).run());
    }

    private interface Job<T> {
        T run(InvocationScope scope) throws InterruptedException;
    }

    private <T> T invoke(Context context, Job<T> job) {
        long started = System.nanoTime();
        Deadline deadline = Deadline.in(context.getRemainingTimeInMillis(), System::nanoTime);
        InvocationScope scope = new InvocationScope(connections, settings, deadline);
        String requestId = String.valueOf(context.getAwsRequestId());
        MDC.put(InvocationScope.REQUEST_ID, requestId);
        try {
            return job.run(scope);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvocationFailedException("interrupted");
        } finally {
            scope.metrics().add(Metric.MILLISECONDS, (System.nanoTime() - started) / 1_000_000);
            scope.metrics().write(String.valueOf(context.getFunctionName()), requestId);
            MDC.remove(InvocationScope.REQUEST_ID);
        }
    }
}
