package io.flowlog.query;

import static java.util.Comparator.comparing;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The twelve questions answered in plain Java, record by record: what the SQL is held against. */
final class PlainAnswers {
    /** A record: a value for each column that has one. */
    private final List<Map<String, String>> records;

    PlainAnswers(List<Map<String, String>> records) {
        this.records = records;
    }

    List<List<@Nullable String>> of(String name) {
        return switch (name) {
            case "timeline" -> timeline();
            case "talkers" ->
                grouped(r -> r.containsKey("srcaddr"), keys("srcaddr", "dstaddr"), sum("bytes"), sum("packets"), COUNT);
            case "interfaces" ->
                grouped(r -> true, keys("interface-id", "instance-id", "subnet-id"), sum("bytes"), COUNT);
            case "rejected" -> rejected();
            case "ports" -> grouped(r -> r.containsKey("protocol"), PlainAnswers::service, sum("bytes"), COUNT);
            case "admin" ->
                grouped(
                        r -> is(r, "protocol", "6") && Set.of("22", "3389").contains(r.get("dstport")),
                        keys("srcaddr", "dstaddr", "dstport", "action"),
                        COUNT,
                        sum("bytes"));
            case "databases" ->
                grouped(
                        r -> is(r, "action", "ACCEPT")
                                && List.of(1433, 1521, 3306, 5432, 5439, 6379, 9042, 9200, 11211, 27017)
                                        .contains(Integer.valueOf(r.get("dstport"))),
                        keys("srcaddr", "dstaddr", "dstport"),
                        sum("bytes"),
                        COUNT);
            case "nat" -> nat();
            case "services" ->
                grouped(
                        r -> is(r, "flow-direction", "egress") && r.containsKey("pkt-dst-aws-service"),
                        keys("traffic-path", "pkt-dst-aws-service"),
                        sum("bytes"),
                        COUNT);
            case "zones" -> zones();
            case "unanswered" -> unanswered();
            case "gaps" -> gaps();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private interface Measure extends Function<List<Map<String, String>>, @Nullable BigInteger> {}

    private static final Measure COUNT = group -> BigInteger.valueOf(group.size());

    private static Measure sum(String column) {
        return group -> group.stream()
                .map(r -> r.get(column))
                .filter(v -> v != null)
                .map(BigInteger::new)
                .reduce(BigInteger::add)
                .orElse(null);
    }

    private static boolean is(Map<String, String> record, String column, String value) {
        return value.equals(record.get(column));
    }

    private static Function<Map<String, String>, List<@Nullable String>> keys(String... columns) {
        return r -> Rowset.rowOf(java.util.Arrays.stream(columns).map(r::get).toArray());
    }

    private static List<@Nullable String> service(Map<String, String> r) {
        long port = Math.min(Long.parseLong(r.get("srcport")), Long.parseLong(r.get("dstport")));
        return Rowset.rowOf(r.get("protocol"), port);
    }

    /** Groups, largest first measure first, then by the keys. */
    private List<List<@Nullable String>> grouped(
            Predicate<Map<String, String>> which,
            Function<Map<String, String>, List<@Nullable String>> key,
            Measure... measures) {
        Map<List<@Nullable String>, List<Map<String, String>>> groups = new LinkedHashMap<>();
        records.stream()
                .filter(which)
                .forEach(r -> groups.computeIfAbsent(key.apply(r), k -> new ArrayList<>())
                        .add(r));
        return rows(groups, measures);
    }

    private static List<List<@Nullable String>> rows(
            Map<List<@Nullable String>, List<Map<String, String>>> groups, Measure... measures) {
        record Row(List<@Nullable String> key, List<@Nullable BigInteger> measures) {}
        List<Row> rows = new ArrayList<>();
        groups.forEach((key, group) -> {
            List<@Nullable BigInteger> values = new ArrayList<>();
            for (Measure measure : measures) {
                values.add(measure.apply(group));
            }
            rows.add(new Row(key, values));
        });
        Comparator<Row> order = comparing(row -> row.measures().get(0), nullsLast(reverseOrder()));
        int keys = groups.isEmpty() ? 0 : groups.keySet().iterator().next().size();
        for (int i = 0; i < keys; i++) {
            int at = i;
            order = order.thenComparing(row -> row.key().get(at), nullsLast(PlainAnswers::byNumberOrText));
        }
        return rows.stream()
                .sorted(order)
                .map(row -> {
                    List<@Nullable String> all = new ArrayList<>(row.key());
                    row.measures().forEach(m -> all.add(m == null ? null : m.toString()));
                    return all;
                })
                .toList();
    }

    private static int byNumberOrText(String a, String b) {
        boolean numbers = a.matches("\\d+") && b.matches("\\d+");
        return numbers ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
    }

    private List<List<@Nullable String>> timeline() {
        Map<Long, Map<String, List<Map<String, String>>>> steps = new java.util.TreeMap<>();
        for (Map<String, String> r : records) {
            long start = Long.parseLong(r.get("start"));
            long seconds = start > 4294967296L ? start / 1000 : start;
            String what = r.getOrDefault("action", r.get("log-status"));
            steps.computeIfAbsent(seconds / 300 * 300, s -> new java.util.TreeMap<>())
                    .computeIfAbsent(what, w -> new ArrayList<>())
                    .add(r);
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        steps.forEach((step, groups) -> groups.forEach((what, group) -> rows.add(Rowset.rowOf(
                Instant.ofEpochSecond(step).atOffset(ZoneOffset.UTC),
                what,
                group.size(),
                sum("bytes").apply(group)))));
        return rows;
    }

    private List<List<@Nullable String>> rejected() {
        Map<String, List<Map<String, String>>> sources = new HashMap<>();
        records.stream()
                .filter(r -> is(r, "action", "REJECT"))
                .forEach(r -> sources.computeIfAbsent(r.get("srcaddr"), s -> new ArrayList<>())
                        .add(r));
        return sources.entrySet().stream()
                .sorted(comparing(
                                (Map.Entry<String, List<Map<String, String>>> e) ->
                                        e.getValue().size(),
                                reverseOrder())
                        .thenComparing(Map.Entry::getKey))
                .map(e -> Rowset.rowOf(
                        e.getKey(),
                        distinct(e.getValue(), "dstport"),
                        distinct(e.getValue(), "dstaddr"),
                        e.getValue().size()))
                .toList();
    }

    private static long distinct(List<Map<String, String>> group, String column) {
        return group.stream().map(r -> r.get(column)).distinct().count();
    }

    /** AWS: only between an instance and the gateway do the flow's and the packet's addresses differ. */
    private List<List<@Nullable String>> nat() {
        Map<List<@Nullable String>, List<Map<String, String>>> groups = new LinkedHashMap<>();
        for (Map<String, String> r : records) {
            String inside = null;
            String outside = null;
            if (!r.containsKey("srcaddr") || !r.containsKey("pkt-srcaddr")) {
                continue;
            }
            boolean out = !r.get("dstaddr").equals(r.get("pkt-dstaddr"));
            boolean back = !r.get("srcaddr").equals(r.get("pkt-srcaddr"));
            String direction = r.get("flow-direction");
            if (out && !"egress".equals(direction)) {
                inside = r.get("pkt-srcaddr");
                outside = r.get("pkt-dstaddr");
            } else if (back && !"ingress".equals(direction)) {
                inside = out ? r.get("pkt-srcaddr") : r.get("pkt-dstaddr");
                outside = out ? r.get("pkt-dstaddr") : r.get("pkt-srcaddr");
            } else {
                continue;
            }
            String what = r.getOrDefault("pkt-dst-aws-service", r.getOrDefault("pkt-src-aws-service", "internet"));
            groups.computeIfAbsent(Rowset.rowOf(inside, outside, what), k -> new ArrayList<>())
                    .add(r);
        }
        return rows(groups, sum("bytes"), COUNT);
    }

    private List<List<@Nullable String>> zones() {
        Map<String, Set<String>> zones = new HashMap<>();
        for (Map<String, String> r : records) {
            if (is(r, "flow-direction", "egress")
                    && r.containsKey("az-id")
                    && r.get("srcaddr").equals(r.get("pkt-srcaddr"))) {
                zones.computeIfAbsent(r.get("srcaddr"), a -> new TreeSet<>()).add(r.get("az-id"));
            }
        }
        Function<String, @Nullable String> home = address -> {
            Set<String> found = zones.getOrDefault(address, Set.of());
            return found.size() == 1 ? found.iterator().next() : null;
        };
        return grouped(
                r -> is(r, "flow-direction", "egress")
                        && home.apply(r.get("srcaddr")) != null
                        && home.apply(r.get("dstaddr")) != null
                        && !home.apply(r.get("srcaddr")).equals(home.apply(r.get("dstaddr"))),
                r -> Rowset.rowOf(home.apply(r.get("srcaddr")), home.apply(r.get("dstaddr"))),
                sum("bytes"),
                COUNT);
    }

    private List<List<@Nullable String>> unanswered() {
        Set<List<@Nullable String>> answers = new HashSet<>();
        for (Map<String, String> r : records) {
            if (is(r, "protocol", "6") && is(r, "flow-direction", "ingress")) {
                answers.add(keys("dstaddr", "srcaddr", "dstport", "srcport").apply(r));
            }
        }
        return grouped(
                r -> is(r, "protocol", "6")
                        && is(r, "tcp-flags", "2")
                        && is(r, "flow-direction", "egress")
                        && !answers.contains(
                                keys("srcaddr", "dstaddr", "srcport", "dstport").apply(r)),
                keys("srcaddr", "dstaddr", "dstport"),
                COUNT,
                sum("packets"));
    }

    private List<List<@Nullable String>> gaps() {
        Map<@Nullable String, List<Map<String, String>>> interfaces = new LinkedHashMap<>();
        records.forEach(r -> interfaces
                .computeIfAbsent(r.get("interface-id"), i -> new ArrayList<>())
                .add(r));
        Map<List<@Nullable String>, List<Map<String, String>>> skipped = new LinkedHashMap<>();
        interfaces.forEach((id, group) -> {
            if (group.stream().anyMatch(r -> is(r, "log-status", "SKIPDATA"))) {
                skipped.put(Rowset.rowOf(id), group);
            }
        });
        return rows(
                skipped,
                group -> BigInteger.valueOf(group.stream()
                        .filter(r -> is(r, "log-status", "SKIPDATA"))
                        .count()),
                COUNT);
    }
}
