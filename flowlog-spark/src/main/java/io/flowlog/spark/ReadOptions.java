package io.flowlog.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowlog.parser.FlowLogFormat;
import java.io.IOException;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The options of a read, checked. {@code docs/spark.md} describes them.
 *
 * @param paths files, folders and globs
 * @param format the columns of lines before the first header, or null
 * @param mode what happens to malformed lines
 * @param corruptRecordColumn the name of the column with malformed lines
 * @param sampleFiles the number of files whose headers are read for the schema
 * @param nameGlob the names of files to read, or null for all
 * @param since files of this time or later, or null
 * @param until files of an earlier time, or null
 * @param timeMarginSeconds how far the times of records can be from the time of their file
 * @param pruneByAccountId whether a filter on {@code account_id} excludes files of other accounts
 */
record ReadOptions(
        List<String> paths,
        @Nullable FlowLogFormat format,
        Mode mode,
        String corruptRecordColumn,
        int sampleFiles,
        @Nullable String nameGlob,
        @Nullable Instant since,
        @Nullable Instant until,
        long timeMarginSeconds,
        boolean pruneByAccountId,
        boolean ignoreCorruptFiles,
        boolean ignoreMissingFiles)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int DEFAULT_SAMPLE = 32;
    private static final String DEFAULT_MARGIN = "30min";

    /** Spark's parse modes. */
    enum Mode {
        PERMISSIVE,
        DROPMALFORMED,
        FAILFAST
    }

    static ReadOptions of(CaseInsensitiveStringMap options) {
        SQLConf conf = SQLConf.get();
        return new ReadOptions(
                paths(options),
                parsed(options, "format", ReadOptions::format),
                Mode.valueOf(parsedOr(options, "mode", "PERMISSIVE", ReadOptions::mode)),
                parsedOr(
                        options,
                        "columnNameOfCorruptRecord",
                        conf.columnNameOfCorruptRecord(),
                        ReadOptions::corruptRecordColumn),
                Integer.parseInt(parsedOr(options, "sampleFiles", "" + DEFAULT_SAMPLE, ReadOptions::count)),
                parsed(options, "pathGlobFilter", ReadOptions::glob),
                parsed(options, "since", ReadOptions::time),
                parsed(options, "until", ReadOptions::time),
                parsedOr(options, "timeMargin", JavaUtils.timeStringAsSec(DEFAULT_MARGIN), ReadOptions::seconds),
                parsedOr(options, "pruneByAccountId", false, ReadOptions::bool),
                parsedOr(options, "ignoreCorruptFiles", conf.ignoreCorruptFiles(), ReadOptions::bool),
                parsedOr(options, "ignoreMissingFiles", conf.ignoreMissingFiles(), ReadOptions::bool));
    }

    /** Spark puts one path under "path" and several, as JSON, under "paths". */
    private static List<String> paths(CaseInsensitiveStringMap options) {
        String several = options.get("paths");
        if (several != null) {
            try {
                return List.of(new ObjectMapper().readValue(several, String[].class));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("flowlog: option paths: expected a JSON array of paths", e);
            }
        }
        String path = options.get("path");
        if (path == null) {
            throw new IllegalArgumentException("flowlog: expected a path, as in load(\"s3a://bucket/AWSLogs/\")");
        }
        return List.of(path);
    }

    private static FlowLogFormat format(String text) {
        return text.strip().equalsIgnoreCase("default") ? FlowLogFormat.DEFAULT : FlowLogFormat.parse(text);
    }

    private static String mode(String text) {
        try {
            return Mode.valueOf(text.strip().toUpperCase(Locale.ROOT)).name();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected PERMISSIVE, DROPMALFORMED or FAILFAST", e);
        }
    }

    private static String count(String text) {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) == 0) {
            throw new IllegalArgumentException("expected a number of files, at least 1");
        }
        return text;
    }

    private static String glob(String text) {
        try {
            new GlobFilter(text);
            return text;
        } catch (IOException e) {
            throw new IllegalArgumentException("expected a pattern such as *.log.gz", e);
        }
    }

    private static String corruptRecordColumn(String text) {
        if (text.isBlank() || Columns.isTaken(text)) {
            throw new IllegalArgumentException("expected a name that no other column has");
        }
        return text;
    }

    private static long seconds(String text) {
        long seconds = JavaUtils.timeStringAsSec(text);
        if (seconds < 0) {
            throw new IllegalArgumentException("expected a time of 0 or more");
        }
        return seconds;
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("expected true or false");
        };
    }

    /** A day or an instant, in UTC. */
    private static Instant time(String text) {
        try {
            if (text.indexOf('T') < 0) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            return text.matches(".*(Z|[+-]\\d{2}:\\d{2})")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected a time such as 2026-03-17 or 2026-03-17T09:40Z", e);
        }
    }

    private static <T> T parsedOr(CaseInsensitiveStringMap options, String name, T absent, Function<String, T> parser) {
        T value = parsed(options, name, parser);
        return value == null ? absent : value;
    }

    private static <T> @Nullable T parsed(CaseInsensitiveStringMap options, String name, Function<String, T> parser) {
        String text = options.get(name);
        try {
            return text == null ? null : parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "flowlog: option " + name + ": " + e.getMessage() + " (found \"" + text + "\")", e);
        }
    }
}
