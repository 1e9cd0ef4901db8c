package io.flowlog.lambda;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What all objects of an invocation share. Safe for use by several threads.
 *
 * @param connections the clients of the process
 * @param settings the settings
 * @param deadline when to stop
 * @param metrics the numbers of the invocation
 * @param failureOfAll set by the first object whose failure affects all others, so that they are not tried in vain
 */
record InvocationScope(
        Connections connections,
        Settings settings,
        Deadline deadline,
        Metrics metrics,
        AtomicReference<@Nullable Outcome> failureOfAll) {

    /** The name of the request id in the MDC, and so in every log line of the invocation. */
    static final String REQUEST_ID = "requestId";

    private static final Outcome NO_TOKEN = Outcome.failed(
            new Subject("settings", "the settings", Map.of()),
            FailureReason.TOKEN_INVALID,
            "there is no token; set " + Settings.SECRET_ARN + " or " + Settings.TOKEN,
            null);

    InvocationScope(Connections connections, Settings settings, Deadline deadline) {
        this(
                connections,
                settings,
                deadline,
                new Metrics(),
                new AtomicReference<>(settings.hasToken() ? null : NO_TOKEN));
    }
}
