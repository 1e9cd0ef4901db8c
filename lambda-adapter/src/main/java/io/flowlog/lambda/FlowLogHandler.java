package io.flowlog.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.flowlog.lambda.Answer.Part;
import io.flowlog.lambda.Metrics.Metric;
import io.flowlog.lambda.ObjectDelivery.Work;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Delivers the flow logs that an event names to the log lake.
 *
 * <p>Takes S3 notifications, SQS messages that hold them, SNS notifications that hold them (direct or in SQS),
 * EventBridge's "Object Created" (direct or in SQS) and S3 Batch Operations tasks. SQS is answered with the messages that
 * failed, Batch Operations with a result a task; any other event that was not delivered whole fails the invocation, after
 * all of it was tried.
 *
 * <p>Safe for several invocations at once: they share clients, and nothing that an invocation changes.
 */
public final class FlowLogHandler implements RequestStreamHandler {
    private final Settings settings;
    private final Connections connections;
    private final Log log;

    /**
     * What Lambda calls: the settings come from the environment.
     *
     * @throws IllegalArgumentException if they are not right; the message lists every problem
     */
    public FlowLogHandler() {
        this(System.getenv());
    }

    /**
     * The function inside another program.
     *
     * @param environment the variables that Lambda would set
     * @throws IllegalArgumentException if they are not right; the message lists every problem
     */
    public FlowLogHandler(Map<String, String> environment) {
        this(environment, Log.standard());
    }

    FlowLogHandler(Map<String, String> environment, Log log) {
        this.log = log;
        try {
            settings = Settings.from(environment);
        } catch (SettingsException e) {
            log.error("settings_refused").with("error", e.getMessage()).write();
            throw e;
        }
        connections = Connections.open(settings, environment);
    }

    /**
     * Delivers one event.
     *
     * @param input the event as JSON
     * @param output the answer as JSON
     * @param context Lambda's; its remaining time is the deadline
     * @throws RuntimeException if a part of the event was not delivered and the answer cannot say so
     * @throws IOException if the answer cannot be written
     */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        long started = System.nanoTime();
        Deadline deadline = Deadline.in(context.getRemainingTimeInMillis(), System::nanoTime);
        String requestId = String.valueOf(context.getAwsRequestId());
        Metrics metrics = new Metrics();
        Log.enter(requestId);
        try {
            Event event = EventReader.read(input);
            Work work = new Work(connections, settings, deadline, log, metrics, new AtomicReference<>());
            List<Part> parts = new Invocation(work, requestId).run(event);
            Answer.write(output, event, parts);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvocationFailedException("interrupted");
        } finally {
            metrics.add(Metric.MILLISECONDS, (System.nanoTime() - started) / 1_000_000);
            metrics.write(log, String.valueOf(context.getFunctionName()), requestId);
            Log.leave();
        }
    }
}
