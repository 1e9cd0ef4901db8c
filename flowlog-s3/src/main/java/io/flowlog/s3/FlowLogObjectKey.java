package io.flowlog.s3;

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
 * The parts of the key of a flow log object, if it has one of the two layouts that AWS uses:
 *
 * <pre>
 * [prefix/]AWSLogs/&lt;account&gt;/vpcflowlogs/&lt;region&gt;/yyyy/MM/dd/[HH/]&lt;name&gt;
 * [prefix/]AWSLogs/aws-account-id=&lt;account&gt;/aws-service=vpcflowlogs/aws-region=&lt;region&gt;/year=yyyy/month=MM/day=dd/[hour=HH/]&lt;name&gt;
 * name: &lt;account&gt;_vpcflowlogs_&lt;region&gt;_&lt;flow-log-id&gt;_yyyyMMddTHHmmZ_&lt;hash&gt;.log.gz
 * </pre>
 *
 * <p>The library does not require these layouts: it also reads objects that were copied or renamed. Transit gateway flow
 * logs have the same names; only their header differs. Source: "Flow log files" in the Amazon VPC User Guide.
 *
 * @param accountId the account that owns the flow log, 12 digits
 * @param region the region's code, such as {@code eu-west-1}
 * @param flowLogId the flow log's id, such as {@code fl-0123456789abcdef0}
 * @param time the start of the delivery interval, to the minute; several files can have the same time
 */
public record FlowLogObjectKey(String accountId, String region, String flowLogId, Instant time) {
    private static final Pattern LAYOUTS = Pattern.compile(
            "(?:.*/)?AWSLogs/"
                    + "(?:(?<account>\\d{12})/vpcflowlogs/(?<region>[a-z0-9-]+)/\\d{4}/\\d{2}/\\d{2}/(?:\\d{2}/)?"
                    + "|aws-account-id=(?<hiveAccount>\\d{12})/aws-service=vpcflowlogs/aws-region=(?<hiveRegion>[a-z0-9-]+)"
                    + "/year=\\d{4}/month=\\d{2}/day=\\d{2}/(?:hour=\\d{2}/)?)"
                    + "(?<nameAccount>\\d{12})_vpcflowlogs_(?<nameRegion>[a-z0-9-]+)_(?<id>fl-[0-9a-zA-Z]+)"
                    + "_(?<time>\\d{8}T\\d{4})Z_[^_/]+\\.log(?:\\.gz|\\.parquet)?",
            Pattern.DOTALL);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    /**
     * Parses a key.
     *
     * @param key the key as S3 stores it; decode a key from an S3 notification first
     * @return the parts; empty if the key has neither layout, if its folders and its name contradict each other, or if its time is
     *     invalid
     */
    public static Optional<FlowLogObjectKey> parse(String key) {
        Matcher parts = LAYOUTS.matcher(key);
        if (!parts.matches()) {
            return Optional.empty();
        }
        boolean hive = parts.group("hiveAccount") != null;
        String account = parts.group(hive ? "hiveAccount" : "account");
        String region = parts.group(hive ? "hiveRegion" : "region");
        if (!account.equals(parts.group("nameAccount")) || !region.equals(parts.group("nameRegion"))) {
            return Optional.empty();
        }
        try {
            Instant time = LocalDateTime.parse(parts.group("time"), TIME).toInstant(ZoneOffset.UTC);
            return Optional.of(new FlowLogObjectKey(account, region, parts.group("id"), time));
        } catch (DateTimeException e) {
            return Optional.empty(); // 31 February
        }
    }
}
