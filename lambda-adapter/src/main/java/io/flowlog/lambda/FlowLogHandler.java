package io.flowlog.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * Delivers the flow logs that an event names to the log lake. This is the handler of the deployable jar.
 *
 * <p>It accepts S3 notifications, SQS messages and SNS notifications that contain them, "Object Created" events of
 * EventBridge (direct or in SQS), and tasks of S3 Batch Operations. It also accepts log events of CloudWatch Logs, directly
 * and in records of a Kinesis stream, and records of Firehose to transform. The answers to SQS and Kinesis list what failed,
 * and the answers to Batch Operations and Firehose have a result for everything. For every other event a failure fails the
 * invocation, after everything in the event was tried.
 *
 * <p>It reads events as JSON, because loading the types of {@code aws-lambda-java-events} would add a third to the
 * time of a start. For those types there are {@link S3EventHandler}, {@link SqsEventHandler}, {@link SnsEventHandler},
 * {@link BatchOperationsHandler} and {@link BatchOperationsV2Handler}.
 *
 * <p>Safe for several invocations at once.
 */
public final class FlowLogHandler implements RequestStreamHandler {
    private final FlowLogFunction function;

    /**
     * For Lambda. The settings come from the environment.
     *
     * @throws IllegalArgumentException if a setting is invalid; the message lists every problem
     */
    public FlowLogHandler() {
        this(System.getenv());
    }

    /**
     * For another program.
     *
     * @param environment the variables that {@code docs/configuration.md} describes
     * @throws IllegalArgumentException if a setting is invalid; the message lists every problem
     */
    public FlowLogHandler(Map<String, String> environment) {
        function = new FlowLogFunction(environment);
    }

    /**
     * Delivers one event.
     *
     * @param input the event as JSON
     * @param output the answer as JSON
     * @param context Lambda's context; its remaining time is the deadline
     * @throws RuntimeException if a part of the event was not delivered and the answer cannot report it
     * @throws IOException if the answer cannot be written
     */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Event event = EventReader.read(input);
        FirehoseEvent firehose = event.firehose();
        if (firehose != null) {
            function.transform(firehose, context).write(output);
        } else {
            AnswerWriter.write(output, event, function.deliver(event, context));
        }
    }
}
