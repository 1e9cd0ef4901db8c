package io.flowlog.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.S3BatchEvent;
import com.amazonaws.services.lambda.runtime.events.S3BatchResponse;
import java.util.Map;

/**
 * Delivers the flow logs that tasks of S3 Batch Operations with schema 1.0 name, for functions that use the types of {@code aws-lambda-java-events}. That
 * library is not a dependency of this module at run time: add it to your own. Otherwise the same as {@link FlowLogHandler}.
 */
public final class BatchOperationsHandler implements RequestHandler<S3BatchEvent, S3BatchResponse> {
    private final FlowLogFunction function;

    /**
     * For Lambda. The settings come from the environment.
     *
     * @throws IllegalArgumentException if a setting is invalid; the message lists every problem
     */
    public BatchOperationsHandler() {
        this(System.getenv());
    }

    /**
     * For another program.
     *
     * @param environment the variables that {@code docs/configuration.md} describes
     * @throws IllegalArgumentException if a setting is invalid; the message lists every problem
     */
    public BatchOperationsHandler(Map<String, String> environment) {
        function = new FlowLogFunction(environment);
    }

    /**
     * Delivers one event.
     *
     * @param event the event
     * @param context Lambda's context; its remaining time is the deadline
     * @return a result for every task
     * @throws RuntimeException if the event is not supported
     */
    @Override
    public S3BatchResponse handleRequest(S3BatchEvent event, Context context) {
        Event tasks = TypedEvents.batch(event);
        return TypedAnswers.batch(tasks, function.deliver(tasks, context));
    }
}
