package io.flowlog.sink.http;

import java.util.List;
import java.util.stream.Collectors;

/** Composes the message of a {@link DeliveryException}: the source, the reason, and the accounts. */
final class FailureMessage {
    private static final int RANGES_SHOWN = 5;

    private FailureMessage() {}

    static String of(DeliveryReport report, Failure failure) {
        StringBuilder text = new StringBuilder().append(report.source()).append(": ");
        text.append(failure.text());
        text.append(" [").append(report.acknowledged()).append(" of ").append(report.encoded());
        text.append(" records acknowledged");
        List<LineRange> missing = report.undeliveredRanges();
        if (!missing.isEmpty()) {
            text.append("; not acknowledged: lines ");
            text.append(missing.stream()
                    .limit(RANGES_SHOWN)
                    .map(LineRange::toString)
                    .collect(Collectors.joining(", ")));
            if (missing.size() > RANGES_SHOWN) {
                text.append(" and ").append(missing.size() - RANGES_SHOWN).append(" more ranges");
            }
        }
        report.unreadAfter()
                .ifPresent(line ->
                        text.append("; not read: everything after line ").append(line));
        return text.append(']').toString();
    }
}
