package io.flowlog.cli.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** Creates keys in the layout of flow log objects (Amazon VPC User Guide, "Flow log files"). */
final class ObjectKeys {
    private static final Pattern AWS_NAME = Pattern.compile(
            "(\\d{12})_vpcflowlogs_([a-z0-9-]+)_fl-[0-9a-zA-Z]+_(\\d{4})(\\d{2})(\\d{2})T\\d{4}Z_[^_/]+\\.log(?:\\.gz)?");
    private static final DateTimeFormatter FOLDERS =
            DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SLOT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String ACCOUNT = "123456789012";
    private static final String REGION = "us-east-1";
    private static final int SLOT_SECONDS = 300;

    private ObjectKeys() {}

    /**
     * The key of a file in the folders that AWS uses. A file whose name has AWS's form keeps it; any other file gets a name of
     * that form.
     *
     * @param now the time in a new name
     * @param taken keys that other objects have
     */
    static String of(Path file, Instant now, Set<String> taken) throws IOException {
        Matcher name = AWS_NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
            String key =
                    folders(name.group(1), name.group(2), name.group(3) + "/" + name.group(4) + "/" + name.group(5))
                            + name.group();
            if (!taken.contains(key)) {
                return key;
            }
        }
        Instant slot = Instant.ofEpochSecond(now.getEpochSecond() / SLOT_SECONDS * SLOT_SECONDS);
        CRC32 crc = new CRC32();
        boolean gzip;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] block = in.readNBytes(1 << 16);
            gzip = block.length > 1 && block[0] == 0x1f && block[1] == (byte) 0x8b;
            for (; block.length > 0; block = in.readNBytes(1 << 16)) {
                crc.update(block);
            }
        }
        for (long hash = crc.getValue(); ; hash = (hash + 1) & 0xffffffffL) {
            String key = folders(ACCOUNT, REGION, FOLDERS.format(slot)) + ACCOUNT + "_vpcflowlogs_" + REGION
                    + "_fl-0123456789abcdef0_" + SLOT.format(slot) + "_" + String.format("%08x", hash)
                    + (gzip ? ".log.gz" : ".log");
            if (!taken.contains(key)) {
                return key;
            }
        }
    }

    private static String folders(String account, String region, String date) {
        return "AWSLogs/" + account + "/vpcflowlogs/" + region + "/" + date + "/";
    }
}
