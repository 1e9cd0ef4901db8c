package io.flowlog.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the flow logs of S3 notifications in SNS notifications, for functions that use the types of {@code aws-lambda-java-events}. That
 * library is not a dependency of this module at run time: add it to your own. Otherwise the same as {@link FlowLogHandler}.
 */
public final class SnsEventHandler implements RequestHandler<SNSEvent, @Nullable Void> {
    private final FlowLogFunction function;

    /**
     * For Lambda. The settings come from the environment.
     *
     * @throws IllegalArgumentException if a setting is invalid; the message lists every problem
     */
    public SnsEventHandler() {
        this(System.getenv());
    }

    /**
     * For another program.
     *
     * @param environment the variables that {@code docs/configuration.md} describes
     * @throws IllegalArgumentException if a setting is invalid; the message lists every problem
     */
    public SnsEventHandler(Map<String, String> environment) {
        function = new FlowLogFunction(environment);
    }

    /**
     * Delivers one event.
     *
     * @param event the event
     * @param context Lambda's context; its remaining time is the deadline
     * @return null, because SNS expects no answer
     * @throws RuntimeException if a part of the event was not delivered
     */
    @Override
    public @Nullable Void handleRequest(SNSEvent event, Context context) {
        ItemResult.throwIfAnyFailed(function.deliver(TypedEvents.sns(event), context));
        return null;
    }
}
