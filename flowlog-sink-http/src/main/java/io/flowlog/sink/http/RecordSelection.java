package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogFilter;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogRow;
import org.jspecify.annotations.Nullable;

/** Decides about the records of one source, and counts those that it does not keep. Not safe for several threads. */
final class RecordSelection {
    /** What happens to a record. */
    enum Choice {
        SENT,
        SENT_AS_SAMPLE,
        DROPPED
    }

    private final @Nullable FlowLogFilter filter;
    private final @Nullable FlowLogFilter sampleWhere;
    private final @Nullable RecordSampler sampler;
    private long filtered;
    private long sampledOut;

    RecordSelection(@Nullable FlowLogFilter filter, Sampling sampling, SourceId source) {
        this.filter = filter;
        this.sampleWhere = sampling.where();
        this.sampler = sampling.active() ? new RecordSampler(sampling.rate(), source) : null;
    }

    /** Checks the fields of the filters, by their exception. */
    void check(FlowLogFormat format) {
        if (filter != null) {
            filter.check(format);
        }
        if (sampler != null && sampleWhere != null) {
            sampleWhere.check(format);
        }
    }

    Choice choose(FlowLogRow row) {
        if (filter != null && !filter.test(row)) {
            filtered++;
            return Choice.DROPPED;
        }
        if (sampler == null || sampleWhere != null && !sampleWhere.test(row)) {
            return Choice.SENT;
        }
        if (sampler.keeps(row.lineNumber())) {
            return Choice.SENT_AS_SAMPLE;
        }
        sampledOut++;
        return Choice.DROPPED;
    }

    long filtered() {
        return filtered;
    }

    long sampledOut() {
        return sampledOut;
    }
}
