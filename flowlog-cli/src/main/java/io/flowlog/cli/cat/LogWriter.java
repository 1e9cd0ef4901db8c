package io.flowlog.cli.cat;

import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogRow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes flow log text, with a header line wherever the columns change. */
final class LogWriter implements RowWriter {
    private static final int FLUSH_AT = 1 << 16;

    private final OutputStream out;
    private byte[] buffer = new byte[2 * FLUSH_AT];
    private int length;
    private int[] ends = {};
    private @Nullable FlowLogFormat format;

    LogWriter(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(FlowLogRow row) throws IOException {
        if (row.format() != format) {
            boolean sameColumns = format != null && row.format().columns().equals(format.columns());
            format = row.format();
            ends = new int[format.size()];
            if (!sameColumns) {
                byte[] header = (String.join(" ", format.columns()) + "\n").getBytes(StandardCharsets.US_ASCII);
                reserve(header.length);
                System.arraycopy(header, 0, buffer, length, header.length);
                length += header.length;
            }
        }
        reserve(row.lineLength() + 1);
        length += row.copyLineTo(buffer, length, ends);
        buffer[length++] = '\n';
        if (length >= FLUSH_AT) {
            drain();
        }
    }

    private void reserve(int bytes) throws IOException {
        if (bytes > buffer.length - length) {
            drain();
            if (bytes > buffer.length) {
                buffer = new byte[bytes];
            }
        }
    }

    private void drain() throws IOException {
        out.write(buffer, 0, length);
        length = 0;
    }

    @Override
    public void flush() throws IOException {
        drain();
        out.flush();
    }
}
