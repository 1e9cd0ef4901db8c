package io.flowlog.cli.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Flow log text to JSON lines in the simplest way: split at spaces. Shares no code with the product; good for ASCII
 * text without oddities.
 */
public final class NaiveConversion {
    private static final Set<String> INTEGERS = Set.of(
            "version",
            "srcport",
            "dstport",
            "protocol",
            "packets",
            "bytes",
            "start",
            "end",
            "tcp-flags",
            "traffic-path",
            "encryption-status",
            "packets-lost-no-route",
            "packets-lost-blackhole",
            "packets-lost-mtu-exceeded",
            "packets-lost-ttl-expired");

    private NaiveConversion() {}

    public static List<String> toJson(byte[] text) {
        String[] lines = new String(text, StandardCharsets.US_ASCII).split("\n");
        String[] names = lines[0].split(" ");
        List<String> json = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            String[] values = lines[i].split(" ");
            StringBuilder line = new StringBuilder("{");
            for (int column = 0; column < names.length; column++) {
                line.append(column == 0 ? "\"" : ",\"").append(names[column]).append("\":");
                if (values[column].equals("-")) {
                    line.append("null");
                } else if (INTEGERS.contains(names[column])) {
                    line.append(values[column]);
                } else {
                    line.append('"').append(values[column]).append('"');
                }
            }
            json.add(line.append('}').toString());
        }
        return json;
    }
}
