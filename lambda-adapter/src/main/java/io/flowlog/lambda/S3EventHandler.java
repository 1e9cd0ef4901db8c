package io.flowlog.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the flow logs that S3 notifications name, for functions that use the types of {@code aws-lambda-java-events}. That
 * library is not a dependency of this module at run time: add it to your own. Otherwise the same as {@link FlowLogHandler}.
 *
 * <p>An {@code S3Event} cannot represent other events: Lambda's runtime turns them into an event with an empty list of
 * records, which is accepted. {@link FlowLogHandler} rejects what it does not support.
 */
public final class S3EventHandler implements RequestHandler<S3Event, @Nullable Void> {
    private final FlowLogFunction function;

    /**
     * For Lambda. The settings come from the environment.
     *
     * @throws IllegalArgumentException if a setting is invalid; the message lists every problem
     */
    public S3EventHandler() {
        this(System.getenv());
    }

    /**
     * For another program.
     *
     * @param environment the variables that {@code docs/configuration.md} describes
     * @throws IllegalArgumentException if a setting is invalid; the message lists every problem
     */
    public S3EventHandler(Map<String, String> environment) {
        function = new FlowLogFunction(environment);
    }

    /**
     * Delivers one event.
     *
     * @param event the event
     * @param context Lambda's context; its remaining time is the deadline
     * @return null, because S3 expects no answer
     * @throws RuntimeException if a part of the event was not delivered
     */
    @Override
    public @Nullable Void handleRequest(S3Event event, Context context) {
        ItemResult.throwIfAnyFailed(function.deliver(TypedEvents.s3(event), context));
        return null;
    }
}
