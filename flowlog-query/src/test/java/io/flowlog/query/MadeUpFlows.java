package io.flowlog.query;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * Random flow logs of a few hosts, so that everything meets: both ends of a connection, NAT, three zones and an address that
 * is used in two, milliseconds, IPv6, lines without data, columns in another order, columns that nobody knows.
 */
final class MadeUpFlows {
    static final List<String> ALL = List.of(
            ("version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action"
                            + " log-status vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id"
                            + " sublocation-type sublocation-id pkt-src-aws-service pkt-dst-aws-service flow-direction"
                            + " traffic-path some-future-field")
                    .split(" "));

    private static final List<String> SERVICES = List.of("S3", "DYNAMODB", "EC2");
    private static final List<Integer> PORTS =
            List.of(22, 53, 80, 443, 3306, 3389, 5432, 6379, 9200, 27017, 51000, 40000);

    private final Random random;
    private final boolean milliseconds;

    MadeUpFlows(long seed, boolean milliseconds) {
        random = new Random(seed);
        this.milliseconds = milliseconds;
    }

    List<Map<String, String>> records(int count) {
        List<Map<String, String>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(random.nextInt(12) == 0 ? silence() : flow());
        }
        return records;
    }

    private Map<String, String> silence() {
        Map<String, String> r = base(random.nextInt(8));
        r.put("log-status", random.nextBoolean() ? "NODATA" : "SKIPDATA");
        return r;
    }

    private Map<String, String> base(int host) {
        Map<String, String> r = new LinkedHashMap<>();
        r.put("version", "5");
        r.put("account-id", "012345678901");
        r.put("interface-id", "eni-" + host);
        long start = 1_700_000_000L + random.nextInt(1500);
        r.put("start", Long.toString(milliseconds ? start * 1000 + random.nextInt(1000) : start));
        r.put("end", Long.toString(milliseconds ? (start + 60) * 1000 : start + 60));
        r.put("vpc-id", "vpc-1");
        r.put("subnet-id", "subnet-" + host % 3);
        r.put("region", "eu-west-1");
        if (host % 4 != 3) {
            r.put("instance-id", "i-" + host);
            r.put("az-id", "euw1-az" + (host % 3 + 1));
        }
        if (random.nextInt(3) == 0) {
            r.put("some-future-field", "value/" + random.nextInt(5));
        }
        return r;
    }

    private static String address(int host) {
        return host == 6 ? "2001:db8::6" : "10.0.0." + host;
    }

    private Map<String, String> flow() {
        int host = random.nextInt(8);
        Map<String, String> r = base(host);
        if (host == 1 && random.nextInt(5) == 0) {
            r.put("az-id", "euw1-az1");
        }
        boolean egress = random.nextBoolean();
        String own = address(host);
        String peer = random.nextInt(3) == 0 ? "203.0.113." + random.nextInt(4) : address(random.nextInt(8));
        boolean client = random.nextBoolean();
        int port = PORTS.get(random.nextInt(PORTS.size()));
        int other = 50000 + random.nextInt(3);
        int protocol = List.of(6, 6, 6, 17, 1).get(random.nextInt(5));
        r.put("srcaddr", egress ? own : peer);
        r.put("dstaddr", egress ? peer : own);
        r.put("srcport", Integer.toString(protocol == 1 ? 0 : egress == client ? other : port));
        r.put("dstport", Integer.toString(protocol == 1 ? 0 : egress == client ? port : other));
        r.put("protocol", Integer.toString(protocol));
        r.put("packets", Integer.toString(1 + random.nextInt(50)));
        r.put("bytes", Long.toString(40L + random.nextInt(1 << 20)));
        r.put("action", random.nextInt(6) == 0 ? "REJECT" : "ACCEPT");
        r.put("log-status", "OK");
        r.put(
                "tcp-flags",
                Integer.toString(protocol == 6 ? List.of(0, 2, 2, 3, 18, 19).get(random.nextInt(6)) : 0));
        r.put("type", own.contains(":") ? "IPv6" : "IPv4");
        r.put("flow-direction", egress ? "egress" : "ingress");
        if (egress) {
            r.put("traffic-path", Integer.toString(List.of(1, 2, 7, 8).get(random.nextInt(4))));
        }
        String far = "198.51.100." + random.nextInt(3);
        boolean nat = random.nextInt(4) == 0;
        r.put("pkt-srcaddr", nat && egress ? far : r.get("srcaddr"));
        r.put("pkt-dstaddr", nat && !egress ? far : r.get("dstaddr"));
        if (random.nextInt(3) == 0) {
            r.put(egress ? "pkt-dst-aws-service" : "pkt-src-aws-service", SERVICES.get(random.nextInt(3)));
        }
        return r;
    }

    /** The records as a flow log of some columns; gzip when the name says so. */
    static Path write(Path file, List<String> columns, List<Map<String, String>> records) throws IOException {
        String text = String.join(" ", columns) + "\n"
                + records.stream()
                        .map(r -> columns.stream()
                                        .map(c -> r.getOrDefault(c, "-"))
                                        .collect(Collectors.joining(" "))
                                + "\n")
                        .collect(Collectors.joining());
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream out = file.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** What a reader of these columns sees of the records. */
    static List<Map<String, String>> only(List<String> columns, List<Map<String, String>> records) {
        return records.stream()
                .map(r -> {
                    Map<String, String> seen = new LinkedHashMap<>(r);
                    seen.keySet().retainAll(columns);
                    return seen;
                })
                .toList();
    }
}
