package io.flowlog.parser;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Random filters, each with a predicate that was made with it from lambdas: it shares no code with the filter. A record is a
 * map from names to texts; an absent column is not in it.
 */
final class NaiveFilter {
    private static final List<String> WORDS =
            List.of("ACCEPT", "REJECT", "OK", "egress", "vpc-0a1", "vpc-0a2", "a", "ab");
    private static final List<String> QUOTED = List.of("it's", "a b", "", "Büro", "😀", "x'", "*", "ACCEPT");
    private static final List<String> ADDRESSES = List.of(
            "10.0.0.4",
            "10.0.1.4",
            "172.16.0.1",
            "172.32.0.1",
            "8.8.8.8",
            "100.64.1.1",
            "169.254.0.9",
            "127.0.0.1",
            "::1",
            "0:0:0:0:0:0:0:1",
            "fe80::1",
            "fd00::1",
            "2001:db8::1",
            "2001:DB8:0:0::1",
            "2001:db8::2",
            "::ffff:10.0.0.4",
            "::ffff:a00:4",
            "64:ff9b::8.8.8.8",
            "255.255.255.255",
            "0.0.0.0",
            "::");
    private static final List<String> BLOCKS = List.of(
            "10.0.0.0/8",
            "10.0.0.0/24",
            "10.0.0.9/31",
            "0.0.0.0/0",
            "::/0",
            "2001:db8::/32",
            "::1/128",
            "8.8.8.8/32",
            "fe80::/10",
            "::ffff:0:0/96",
            "172.16.0.0/12",
            "128.0.0.0/1",
            "::/95");
    private static final List<String> NOT_ADDRESSES =
            List.of("unknown", "999.1.1.1", "1.2.3", "10.0.0.04", "fe80::1%eth0");
    private static final List<String> INTEGERS = List.of("srcport", "dstport", "bytes", "packets-lost-blackhole");
    private static final List<String> TEXTS = List.of("action", "vpc-id", "some-future-field", "instance-tag");
    private static final List<String> ADDRESS_FIELDS = List.of("srcaddr", "dstaddr", "pkt-srcaddr");
    private static final long[] NUMBERS = {0, 1, 22, 443, 1000000, Long.MAX_VALUE, Long.MAX_VALUE - 1};

    private final Random random;

    record Pair(String text, Predicate<Map<String, String>> naive) {}

    NaiveFilter(Random random) {
        this.random = random;
    }

    /** The value of a random column, or null for an absent one. */
    String randomValue(String column) {
        if (random.nextInt(6) == 0) {
            return null;
        }
        if (INTEGERS.contains(column)) {
            return (random.nextInt(5) == 0 ? "0" : "") + NUMBERS[random.nextInt(NUMBERS.length)];
        }
        if (column.endsWith("addr")) {
            return random.nextInt(8) == 0 ? pick(NOT_ADDRESSES) : anyAddress();
        }
        String text = random.nextInt(3) == 0 ? pick(QUOTED) : pick(WORDS);
        return text.isEmpty() || text.contains(" ") ? "a" : text;
    }

    /** One of those above, or any dotted quad. */
    private String anyAddress() {
        return random.nextInt(3) > 0
                ? pick(ADDRESSES)
                : String.format(
                        "%d.%d.%d.%d",
                        random.nextInt(3) == 0 ? 10 : random.nextInt(256),
                        random.nextInt(random.nextBoolean() ? 2 : 256),
                        random.nextInt(256),
                        random.nextInt(256));
    }

    private String anyBlock() {
        return random.nextInt(3) > 0
                ? pick(BLOCKS)
                : String.format("%d.%d.0.0/%d", random.nextInt(256), random.nextInt(2), random.nextInt(33));
    }

    static List<String> columns() {
        List<String> all = new ArrayList<>(INTEGERS);
        all.addAll(TEXTS);
        all.addAll(ADDRESS_FIELDS);
        return all;
    }

    Pair expression(int depth) {
        Pair any = term(depth);
        for (int rest = random.nextInt(3); rest > 0; rest--) {
            Pair next = term(depth);
            any = new Pair(any.text + keyword(" or ") + next.text, any.naive.or(next.naive));
        }
        return any;
    }

    private Pair term(int depth) {
        Pair all = factor(depth);
        for (int rest = random.nextInt(3); rest > 0; rest--) {
            Pair next = factor(depth);
            all = new Pair(all.text + keyword(" and ") + next.text, all.naive.and(next.naive));
        }
        return all;
    }

    private Pair factor(int depth) {
        Pair inner = comparison();
        if (depth > 0 && random.nextInt(3) > 0) {
            Pair expression = expression(depth - 1);
            inner = new Pair("(" + space() + expression.text + space() + ")", expression.naive);
        }
        return random.nextInt(4) == 0 ? new Pair(keyword("not ") + inner.text, inner.naive.negate()) : inner;
    }

    private Pair comparison() {
        String field = random.nextInt(5) == 0 ? (random.nextBoolean() ? "addr" : "port") : pick(columns());
        List<String> columns = switch (field) {
            case "addr" -> List.of("srcaddr", "dstaddr");
            case "port" -> List.of("srcport", "dstport");
            default -> List.of(field);
        };
        boolean negated = random.nextInt(3) == 0;
        Pair one = test(columns.get(0), negated);
        Predicate<Map<String, String>> either = flow -> columns.stream()
                .anyMatch(column -> one.naive.test(java.util.Collections.singletonMap("", flow.get(column))));
        return new Pair(field + " " + one.text, negated ? either.negate() : either);
    }

    /** The right side; the predicate looks at the value under the empty name and knows nothing of the negation. */
    private Pair test(String column, boolean negated) {
        String not = negated ? keyword("not ") : "";
        switch (random.nextInt(5)) {
            case 0 -> {
                return value(keyword("is ") + not + keyword("absent"), value -> value == null);
            }
            case 1 -> {
                return like(not);
            }
            case 2 -> {
                int count = 1 + random.nextInt(4);
                List<Pair> values = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    values.add(operand(column, "="));
                }
                String list = String.join(
                        space() + "," + space(), values.stream().map(Pair::text).toList());
                return new Pair(
                        not + keyword("in") + space() + "(" + space() + list + ")",
                        flow -> values.stream().anyMatch(v -> v.naive.test(flow)));
            }
            default -> {
                String operator = negated ? "=" : pick(List.of("=", "=", "<", "<=", ">", ">="));
                Pair operand = operand(column, operator);
                return new Pair((negated ? "!=" : operator) + space() + operand.text, operand.naive);
            }
        }
    }

    private static Pair value(String text, Predicate<String> test) {
        return new Pair(text, flow -> test.test(flow.get("")));
    }

    private Pair like(String not) {
        String pattern = pick(List.of("a*", "*", "*0*", "vpc-*1", "*c*t*", "10.0.*", "2*2", "ACCEPT", "**", "*ü*"));
        String regex = Arrays.stream(pattern.split("\\*", -1))
                .map(Pattern::quote)
                .reduce((a, b) -> a + ".*" + b)
                .orElseThrow();
        Pattern compiled = Pattern.compile(regex, Pattern.DOTALL);
        String written = pattern.contains("ü") || random.nextBoolean() ? "'" + pattern + "'" : pattern;
        return value(
                not + keyword("like ") + written,
                value -> value != null
                        && compiled.matcher(value.matches("0+[0-9]+") ? new BigInteger(value).toString() : value)
                                .matches());
    }

    private Pair operand(String column, String operator) {
        if (INTEGERS.contains(column)) {
            long number = NUMBERS[random.nextInt(NUMBERS.length)];
            String text = number == 1000000 ? "1_000_000" : Long.toString(number);
            BigInteger wanted = BigInteger.valueOf(number);
            return value(text, value -> value != null && holds(operator, new BigInteger(value).compareTo(wanted)));
        }
        if (column.endsWith("addr")) {
            return address(operator);
        }
        boolean word = random.nextBoolean();
        String text = pick(word ? WORDS : QUOTED);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return value(
                word ? text : "'" + text.replace("'", "''") + "'",
                value -> value != null
                        && holds(operator, Arrays.compareUnsigned(value.getBytes(StandardCharsets.UTF_8), bytes)));
    }

    private Pair address(String operator) {
        boolean equal = operator.equals("=");
        switch (equal ? random.nextInt(5) : 4) {
            case 0 -> {
                boolean inside = random.nextBoolean();
                return value(
                        keyword(inside ? "private" : "public"),
                        value -> value != null && number(value) != null && isPrivate(value) == inside);
            }
            case 1, 2 -> {
                String block = anyBlock();
                return value(block, value -> value != null && inBlock(value, block));
            }
            case 3 -> {
                return value("unknown", "unknown"::equals);
            }
            default -> {
                String address = anyAddress();
                return value(
                        address,
                        value -> value != null
                                && number(value) != null
                                && holds(operator, number(value).compareTo(number(address))));
            }
        }
    }

    private static boolean holds(String operator, int order) {
        return switch (operator) {
            case "=" -> order == 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    /** The JDK's reading of a literal, as 16 bytes; it makes IPv4 of mapped addresses. Null if it is not an address. */
    private static BigInteger number(String text) {
        if (NOT_ADDRESSES.contains(text)) {
            return null;
        }
        try {
            byte[] bytes = InetAddress.getByName(text).getAddress();
            BigInteger number = new BigInteger(1, bytes);
            return bytes.length == 4 ? number.add(BigInteger.valueOf(0xffff).shiftLeft(32)) : number;
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isIpv4(BigInteger number) {
        return number.shiftRight(32).equals(BigInteger.valueOf(0xffff));
    }

    private static boolean inBlock(String value, String block) {
        BigInteger number = number(value);
        if (number == null) {
            return false;
        }
        int slash = block.indexOf('/');
        BigInteger base = number(block.substring(0, slash));
        int length = Integer.parseInt(block.substring(slash + 1));
        int fixed = block.contains(":") ? length : 96 + length;
        boolean sameFamily = fixed >= 96 && isIpv4(base) || !isIpv4(number);
        return sameFamily && number.shiftRight(128 - fixed).equals(base.shiftRight(128 - fixed));
    }

    private static boolean isPrivate(String value) {
        return List.of(
                        "10.0.0.0/8",
                        "172.16.0.0/12",
                        "192.168.0.0/16",
                        "100.64.0.0/10",
                        "169.254.0.0/16",
                        "127.0.0.0/8",
                        "fe80::/10",
                        "::1/128",
                        "fc00::/7")
                .stream()
                .anyMatch(block -> inBlock(value, block));
    }

    private String keyword(String word) {
        return random.nextInt(4) == 0 ? word.toUpperCase(java.util.Locale.ROOT) : word;
    }

    private String space() {
        return pick(List.of("", " ", "\n", "  \t"));
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
