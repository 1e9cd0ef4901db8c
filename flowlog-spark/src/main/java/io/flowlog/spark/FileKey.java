package io.flowlog.spark;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What AWS writes into the name of a flow log file, {@code
 * <account>_vpcflowlogs_<region>_<flow-log-id>_yyyyMMddTHHmmZ_<hash>.log.gz}. Source: "Flow log files" in the Amazon VPC
 * User Guide. The folders do not matter, so copies in folders of another layout have a key too.
 *
 * @param account the account that owns the flow log, 12 digits
 * @param region the region's code
 * @param flowLogId the flow log's id; all its files have the same columns
 * @param time the beginning of the time that the file is for
 */
record FileKey(String account, String region, String flowLogId, Instant time) {
    private static final Pattern NAME = Pattern.compile("(\\d{12})_vpcflowlogs_([a-z0-9-]+)_(fl-[0-9a-zA-Z]+)"
            + "_(\\d{8}T\\d{4})Z_[^_/]+\\.log(?:\\.gz|\\.parquet)?");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    /** The key of a file; empty if its name is not one of AWS's. */
    static Optional<FileKey> of(LogFile file) {
        return ofPath(file.path());
    }

    static Optional<FileKey> ofPath(String path) {
        Matcher parts = NAME.matcher(path).region(path.lastIndexOf('/') + 1, path.length());
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            Instant time = LocalDateTime.parse(parts.group(4), TIME).toInstant(ZoneOffset.UTC);
            return Optional.of(new FileKey(parts.group(1), parts.group(2), parts.group(3), time));
        } catch (DateTimeException e) {
            return Optional.empty(); // 31 February
        }
    }

    /** The day in UTC, as Spark counts days. */
    int day() {
        return Math.toIntExact(Math.floorDiv(time.getEpochSecond(), 86_400L));
    }
}
