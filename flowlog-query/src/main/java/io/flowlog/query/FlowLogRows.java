package io.flowlog.query;

import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.FlowLogRow;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The records of a flow log. */
final class FlowLogRows implements Rows {
    private final FlowLogReader reader;
    private @Nullable FlowLogFormat format;
    private int[] indexes = {};

    FlowLogRows(FlowLogReader reader) {
        this.reader = reader;
    }

    @Override
    public List<String> firstColumns() throws IOException {
        return reader.format().map(FlowLogFormat::columns).orElse(List.of());
    }

    @Override
    public Collection<String> allColumns() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        FlowLogFormat last = null;
        while (reader.advance()) {
            FlowLogFormat current = reader.row().format();
            if (current != last) {
                names.addAll(current.columns());
                last = current;
            }
        }
        return names;
    }

    @Override
    public boolean read(RowBuffer target, int row) throws IOException {
        if (!reader.advance()) {
            return false;
        }
        FlowLogRow record = reader.row();
        if (record.format() != format) {
            use(record.format(), target);
        }
        target.put(row, record, indexes);
        return true;
    }

    private void use(FlowLogFormat next, RowBuffer target) throws NewColumnsException {
        target.requireKnown(next.columns());
        indexes = new int[target.columns()];
        Arrays.fill(indexes, -1);
        for (int column = 0; column < next.size(); column++) {
            int i = target.indexOf(next.name(column));
            if (i >= 0) {
                indexes[i] = column;
            }
        }
        format = next;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
