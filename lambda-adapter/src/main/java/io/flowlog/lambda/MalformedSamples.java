package io.flowlog.lambda;

import io.flowlog.parser.MalformedLine;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Logs the first malformed lines of what is delivered. The report of the sink counts all of them. For one thread. */
final class MalformedSamples implements Consumer<MalformedLine> {
    private static final int SAMPLES = 5;

    private final Subject subject;
    private int seen;
    private @Nullable MalformedLine first;

    MalformedSamples(Subject subject) {
        this.subject = subject;
    }

    @Nullable
    MalformedLine first() {
        return first;
    }

    @Override
    public void accept(MalformedLine line) {
        first = first == null ? line : first;
        if (seen++ < SAMPLES) {
            ObjectLog.malformed(subject, line);
        }
    }
}
