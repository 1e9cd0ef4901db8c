package io.flowlog.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a read. They are listed once, when they are first needed, as Spark's own sources do: a {@code DataFrame} does
 * not see files that arrive later. Safe for use by several threads.
 */
final class FileIndex {
    private final ReadOptions options;
    private final Configuration conf;
    private @Nullable List<LogFile> files;

    /** The files of these options, read with the session's settings and those of the map that belong to a file system. */
    FileIndex(ReadOptions options, CaseInsensitiveStringMap map) {
        this.options = options;
        this.conf = SparkSession.active().sessionState().newHadoopConf();
        map.asCaseSensitiveMap().forEach((name, value) -> {
            if (name.startsWith("fs.")) {
                conf.set(name, value);
            }
        });
    }

    ReadOptions options() {
        return options;
    }

    Configuration conf() {
        return conf;
    }

    synchronized List<LogFile> files() {
        if (files == null) {
            try {
                files = LogFiles.list(options, conf);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
        return files;
    }
}
