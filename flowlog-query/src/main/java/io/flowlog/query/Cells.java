package io.flowlog.query;

import io.flowlog.parser.IpProtocol;
import io.flowlog.parser.TrafficPath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values for people: bytes in KiB, MiB and GiB, numbers in groups, protocols, ports and traffic paths by name. */
final class Cells {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final Map<Long, String> SERVICES = Map.ofEntries(
            Map.entry(22L, "SSH"),
            Map.entry(25L, "SMTP"),
            Map.entry(53L, "DNS"),
            Map.entry(80L, "HTTP"),
            Map.entry(123L, "NTP"),
            Map.entry(443L, "HTTPS"),
            Map.entry(1433L, "SQL Server"),
            Map.entry(1521L, "Oracle"),
            Map.entry(2049L, "NFS"),
            Map.entry(3306L, "MySQL"),
            Map.entry(3389L, "RDP"),
            Map.entry(5432L, "PostgreSQL"),
            Map.entry(5439L, "Redshift"),
            Map.entry(6379L, "Redis"),
            Map.entry(9042L, "Cassandra"),
            Map.entry(9092L, "Kafka"),
            Map.entry(9200L, "Elasticsearch"),
            Map.entry(11211L, "Memcached"),
            Map.entry(27017L, "MongoDB"));

    private Cells() {}

    /** Whether the values of a column are shown by name, and so are text. */
    static boolean isShownByName(String column) {
        return switch (column) {
            case "protocol", "port", "dstport", "srcport", "traffic_path" -> true;
            default -> false;
        };
    }

    /** A value of a column; {@code -} for NULL. */
    static String of(String column, @Nullable Object value) {
        if (value == null) {
            return "-";
        }
        if (!(value instanceof Number number)) {
            return Values.text(value).replace('T', value instanceof java.time.OffsetDateTime ? ' ' : 'T');
        }
        if (number instanceof Long || number instanceof Integer) {
            long code = number.longValue();
            switch (column) {
                case "protocol":
                    return IpProtocol.keyword(code).orElse(Long.toString(code));
                case "port", "dstport", "srcport":
                    return code + (SERVICES.containsKey(code) ? " " + SERVICES.get(code) : "");
                case "traffic_path":
                    return code + " "
                            + TrafficPath.of(code).description().replaceAll("^through an? |^through | \\(Nitro.*", "");
                default:
                    break;
            }
        }
        if (column.equals("bytes") || column.endsWith("_bytes")) {
            return bytes(number.doubleValue());
        }
        return number instanceof Double || number instanceof Float || number instanceof BigDecimal
                ? String.format(Locale.ROOT, "%,.3f", number.doubleValue())
                : String.format(Locale.ROOT, "%,d", new BigInteger(number.toString()));
    }

    /** Bytes in binary units, such as {@code 1.5 MiB}. */
    static String bytes(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1023.95 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%,.0f %s" : "%,.1f %s", value, UNITS[unit]);
    }
}
