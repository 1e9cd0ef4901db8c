package io.flowlog.query;

import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogRow;
import java.util.List;

/** A row that notes which columns somebody looks at; each holds {@code 7}. */
final class RecordingRow implements FlowLogRow {
    private final List<Integer> touched;

    RecordingRow(List<Integer> touched) {
        this.touched = touched;
    }

    @Override
    public FlowLogFormat format() {
        return FlowLogFormat.DEFAULT;
    }

    @Override
    public long lineNumber() {
        return 1;
    }

    @Override
    public int length(int column) {
        touched.add(column);
        return 1;
    }

    @Override
    public boolean isAbsent(int column) {
        touched.add(column);
        return false;
    }

    @Override
    public int copyTo(int column, byte[] target, int at) {
        touched.add(column);
        target[at] = '7';
        return 1;
    }

    @Override
    public long longValue(int column, long absent) {
        touched.add(column);
        return 7;
    }

    @Override
    public int lineLength() {
        throw new UnsupportedOperationException("the whole line is not needed");
    }

    @Override
    public int copyLineTo(byte[] target, int at, int[] ends) {
        throw new UnsupportedOperationException("the whole line is not needed");
    }
}
