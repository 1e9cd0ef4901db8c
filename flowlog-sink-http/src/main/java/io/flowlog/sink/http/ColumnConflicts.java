package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogFormat;
import org.jspecify.annotations.Nullable;

/** Members that are added to records, and so must not be columns of the source. */
final class ColumnConflicts {
    /**
     * Looks for a column that would be in the JSON twice.
     *
     * @param recordIdField the member with the id; empty if records have none
     * @param lake the lake, which can need members of its own
     * @return what is wrong, or null
     */
    static @Nullable String find(FlowLogFormat format, String recordIdField, Sampling sampling, Lake lake) {
        if (!recordIdField.isEmpty() && format.indexOf(recordIdField) >= 0) {
            return "the record id field " + recordIdField + " is a column of this source";
        }
        if (sampling.active() && format.indexOf(Sampling.FIELD) >= 0) {
            return "sampling adds " + Sampling.FIELD + ", which is a column of this source";
        }
        for (String member : lake.members()) {
            if (format.indexOf(member) >= 0) {
                return lake + " lakes need the member " + member + ", which is a column of this source";
            }
        }
        return null;
    }

    private ColumnConflicts() {}
}
