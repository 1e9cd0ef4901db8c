package io.flowlog.spark;

import io.flowlog.parser.NotAFlowLogException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FutureIO;

/** Opens files, and says what to do about one that is not a text flow log. */
final class LogFileInput {
    private LogFileInput() {}

    /** The bytes as stored, from the first one; the caller closes it. */
    static InputStream open(LogFile file, Configuration conf) throws IOException {
        Path path = new Path(file.path());
        // The length and the policy save requests to S3: there is no need to ask for the length, nor to read by ranges.
        return FutureIO.awaitFuture(path.getFileSystem(conf)
                .openFile(path)
                .opt("fs.option.openfile.length", Long.toString(file.length()))
                .opt("fs.option.openfile.read.policy", "whole-file, sequential")
                .build());
    }

    /** The exception for a user of Spark. */
    static IOException explained(LogFile file, NotAFlowLogException e) {
        return switch (e.kind()) {
            case PARQUET ->
                new IOException(
                        file.path() + ": this is a Parquet file. Spark reads Parquet flow logs itself: use"
                                + " spark.read.parquet(...), or leave such files out with the option"
                                + " pathGlobFilter=*.log.gz",
                        e);
            case NO_HEADER ->
                new IOException(
                        e.getMessage() + " (the option format sets the columns; the option pathGlobFilter selects files"
                                + " by name)",
                        e);
            case NESTED_GZIP -> e;
        };
    }
}
