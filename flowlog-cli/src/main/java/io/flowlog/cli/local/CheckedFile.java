package io.flowlog.cli.local;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.FileSource;
import io.flowlog.cli.shared.MalformedLines;
import io.flowlog.cli.shared.MissingSource;
import io.flowlog.cli.shared.Source;
import io.flowlog.cli.shared.UserError;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.NotAFlowLogException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that this program has read once itself. The lake must receive the same records.
 *
 * @param label the name to show
 * @param size bytes of the file
 * @param textBytes decompressed bytes, as far as they could be read
 * @param records records, as far as they could be read
 * @param malformed malformed lines, as far as they could be read
 * @param damage why it could not be read to its end, or null
 */
record CheckedFile(
        String label,
        Path path,
        long size,
        long textBytes,
        long records,
        long malformed,
        @Nullable String damage) {

    /**
     * Reads a file to its end. Malformed lines are reported on standard error.
     *
     * @throws UserError if there is no such file, or it is not a flow log
     */
    static CheckedFile read(Source source, PrintStream err) throws UserError {
        String name = source.name();
        if (!(source instanceof MissingSource)
                && !(source instanceof FileSource file && Files.notExists(file.path()))) {
            pathOf(source);
        }
        MalformedLines malformed = new MalformedLines(err, name);
        String damage = null;
        try (FlowLogReader reader =
                FlowLogReader.builder().name(name).onMalformed(malformed).open(source.open())) {
            try {
                while (reader.advance()) {
                    // Only the counts are needed.
                }
            } catch (NotAFlowLogException e) {
                throw new UserError(ExitCode.NO_INPUT, Errors.sentence(e));
            } catch (IOException e) {
                damage = Errors.sentence(e);
            }
            malformed.finish();
            var counts = reader.counts();
            Path path = pathOf(source);
            return new CheckedFile(
                    Errors.oneLine(String.valueOf(path.getFileName())),
                    path,
                    Files.size(path),
                    counts.bytes(),
                    counts.records(),
                    counts.malformed(),
                    damage);
        } catch (IOException e) {
            throw new UserError(ExitCode.NO_INPUT, Errors.sentence(e));
        }
    }

    private static Path pathOf(Source source) throws UserError {
        if (source instanceof FileSource file && Files.isRegularFile(file.path())) {
            return file.path();
        }
        throw new UserError(
                ExitCode.NO_INPUT, source.name() + ": is not a regular file, and local has to read it twice");
    }
}
