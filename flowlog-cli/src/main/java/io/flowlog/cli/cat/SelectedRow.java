package io.flowlog.cli.cat;

import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogRow;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row with other columns than the one behind it: some of them, in another order, absent ones where it has none. */
final class SelectedRow implements FlowLogRow {
    private static final byte ABSENT = '-';

    private final FlowLogFormat format;
    private final int[] columnBehind;
    private @Nullable FlowLogFormat formatBehind;
    private @Nullable FlowLogRow row;

    SelectedRow(FlowLogFormat format) {
        this.format = format;
        this.columnBehind = new int[format.size()];
    }

    SelectedRow of(FlowLogRow behind) {
        row = behind;
        if (formatBehind != behind.format()) {
            formatBehind = behind.format();
            for (int i = 0; i < columnBehind.length; i++) {
                columnBehind[i] = formatBehind.indexOf(format.name(i));
            }
        }
        return this;
    }

    private FlowLogRow behind() {
        return Objects.requireNonNull(row, "no row yet");
    }

    @Override
    public FlowLogFormat format() {
        return format;
    }

    @Override
    public long lineNumber() {
        return behind().lineNumber();
    }

    @Override
    public int length(int column) {
        return columnBehind[column] < 0 ? 0 : behind().length(columnBehind[column]);
    }

    @Override
    public boolean isAbsent(int column) {
        return columnBehind[column] < 0 || behind().isAbsent(columnBehind[column]);
    }

    @Override
    public int copyTo(int column, byte[] target, int at) {
        return columnBehind[column] < 0 ? 0 : behind().copyTo(columnBehind[column], target, at);
    }

    @Override
    public long longValue(int column, long absent) {
        return columnBehind[column] < 0 ? absent : behind().longValue(columnBehind[column], absent);
    }

    @Override
    public int lineLength() {
        int length = columnBehind.length - 1;
        for (int i = 0; i < columnBehind.length; i++) {
            length += Math.max(1, length(i));
        }
        return length;
    }

    @Override
    public int copyLineTo(byte[] target, int at, int[] ends) {
        int end = at;
        for (int i = 0; i < columnBehind.length; i++) {
            if (i > 0) {
                target[end++] = ' ';
            }
            if (isAbsent(i)) {
                target[end++] = ABSENT;
            } else {
                end += copyTo(i, target, end);
            }
            ends[i] = end;
        }
        return end - at;
    }
}
