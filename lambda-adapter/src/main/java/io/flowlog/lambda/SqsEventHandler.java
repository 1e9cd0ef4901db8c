package io.flowlog.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.Map;

/**
 * Delivers the flow logs of S3 notifications or EventBridge events in SQS messages, for functions that use the types of {@code aws-lambda-java-events}. That
 * library is not a dependency of this module at run time: add it to your own. Otherwise the same as {@link FlowLogHandler}.
 */
public final class SqsEventHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final FlowLogFunction function;

    /**
     * For Lambda. The settings come from the environment.
     *
     * @throws IllegalArgumentException if a setting is invalid; the message lists every problem
     */
    public SqsEventHandler() {
        this(System.getenv());
    }

    /**
     * For another program.
     *
     * @param environment the variables that {@code docs/configuration.md} describes
     * @throws IllegalArgumentException if a setting is invalid; the message lists every problem
     */
    public SqsEventHandler(Map<String, String> environment) {
        function = new FlowLogFunction(environment);
    }

    /**
     * Delivers one event.
     *
     * @param event the event
     * @param context Lambda's context; its remaining time is the deadline
     * @return the ids of the messages that failed; the event source mapping needs {@code ReportBatchItemFailures}
     * @throws RuntimeException if a message without an id failed
     */
    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        return TypedAnswers.sqs(function.deliver(TypedEvents.sqs(event), context));
    }
}
