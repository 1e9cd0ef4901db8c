package io.flowlog.cli.ship;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.FileSource;
import io.flowlog.cli.shared.MissingSource;
import io.flowlog.cli.shared.S3Source;
import io.flowlog.cli.shared.Sizes;
import io.flowlog.cli.shared.Source;
import io.flowlog.cli.shared.UserError;
import io.flowlog.sink.http.SourceId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists what a run would send. */
final class DryRun {
    private DryRun() {}

    static int list(Iterable<Source> sources, Path journalFile, String lake, boolean again, PrintStream out)
            throws IOException, UserError {
        int status = ExitCode.OK;
        long sent = 0;
        long sentBytes = 0;
        long there = 0;
        Journal.Rate rate = null;
        // A dry run creates no journal.
        try (@Nullable Journal journal = Files.exists(journalFile) ? Journal.open(journalFile, lake, false) : null) {
            for (Source source : sources) {
                if (source instanceof MissingSource missing) {
                    Errors.print(System.err, Errors.sentence(missing.cause()));
                    status = ExitCode.worse(status, Errors.exitCode(missing.cause()));
                    continue;
                }
                if (source instanceof FileSource file && !Files.isReadable(file.path())) {
                    Errors.print(System.err, file.name() + ": no such file, or it cannot be read");
                    status = ExitCode.worse(status, ExitCode.NO_INPUT);
                    continue;
                }
                if (journal != null
                        && !again
                        && id(source).filter(journal::contains).isPresent()) {
                    there++;
                    continue;
                }
                long size = source.size().orElse(0);
                out.printf(Locale.ROOT, "%9s  %s%n", Sizes.bytes(size), Errors.oneLine(source.name()));
                if (out.checkError()) {
                    return status;
                }
                sent++;
                sentBytes += size;
            }
            rate = journal == null ? null : journal.rate();
        }
        out.printf(
                Locale.ROOT,
                "%s, %s, would be sent to %s; %,d already there%n",
                Sizes.count(sent, "object"),
                Sizes.bytes(sentBytes),
                lake,
                there);
        if (rate != null && rate.bytes() > 0) {
            long seconds = Math.round(sentBytes * rate.seconds() / rate.bytes());
            out.println("About " + Sizes.clock(Duration.ofSeconds(seconds)) + " at the rate of the last run");
        }
        return status;
    }

    private static Optional<String> id(Source source) throws IOException {
        if (source instanceof S3Source s3 && s3.object().etag() != null) {
            return SourceId.ofObject(
                            s3.object().bucket(), s3.object().key(), s3.object().etag())
                    .hex();
        }
        if (source instanceof FileSource file) {
            return SourceId.ofFile(file.path()).hex();
        }
        return Optional.empty();
    }
}
