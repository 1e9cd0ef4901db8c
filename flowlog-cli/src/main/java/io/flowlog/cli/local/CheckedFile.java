package io.flowlog.cli.local;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.MalformedLines;
import io.flowlog.cli.shared.UserError;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.NotAFlowLogException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that was read once before it is given to the system: what it should come to, to hold against what the lake got.
 *
 * @param label the name to show
 * @param size bytes of the file
 * @param textBytes decompressed bytes, up to where it could be read
 * @param records records, up to where it could be read
 * @param malformed malformed lines, up to where it could be read
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
     * Reads a file to its end. Malformed lines are told on standard error.
     *
     * @param name the file as the user wrote it, for messages
     * @throws UserError if there is no such file, or it is not a flow log
     */
    static CheckedFile read(String name, Path path, PrintStream err) throws UserError {
        MalformedLines malformed = new MalformedLines(err, name);
        String damage = null;
        try (FlowLogReader reader =
                FlowLogReader.builder().name(name).onMalformed(malformed).open(Files.newInputStream(path))) {
            try {
                while (reader.advance()) {
                    // The counts are all that is wanted.
                }
            } catch (NotAFlowLogException e) {
                throw new UserError(ExitCode.NO_INPUT, "not a flow log: " + Errors.sentence(e));
            } catch (IOException e) {
                damage = Errors.sentence(e);
            }
            malformed.finish();
            var counts = reader.counts();
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
}
