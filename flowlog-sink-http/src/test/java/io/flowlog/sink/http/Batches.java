package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All batches of a source. */
final class Batches {
    private Batches() {}

    /** Adds each row that is left, and closes the last batch. */
    static List<Batch> of(FlowLogReader reader, BatchBuilder builder) throws IOException {
        List<Batch> batches = new ArrayList<>();
        while (reader.advance()) {
            Batch closed = builder.add(reader.row());
            if (closed != null) {
                batches.add(closed);
            }
        }
        Batch last = builder.last();
        if (last != null) {
            batches.add(last);
        }
        return batches;
    }
}
