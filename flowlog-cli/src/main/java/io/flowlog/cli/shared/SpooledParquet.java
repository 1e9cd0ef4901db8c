package io.flowlog.cli.shared;

import io.flowlog.parser.FlowLogFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A pipe that contains Parquet. A Parquet file is described at its end, so the pipe is copied to a temporary file first. The
 * file is deleted when the stream is closed.
 */
final class SpooledParquet {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private SpooledParquet() {}

    /** The same bytes: a file if they begin like Parquet, otherwise the pipe. */
    static InputStream of(InputStream pipe) throws IOException {
        BufferedInputStream in = new BufferedInputStream(pipe);
        in.mark(MAGIC.length);
        byte[] first = in.readNBytes(MAGIC.length);
        in.reset();
        if (!Arrays.equals(first, MAGIC)) {
            return in;
        }
        Path copy = Files.createTempFile("flowlog-", ".parquet");
        try (in) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return FlowLogFile.open(copy, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            Files.deleteIfExists(copy);
            throw Errors.named(copy, e);
        }
    }
}
