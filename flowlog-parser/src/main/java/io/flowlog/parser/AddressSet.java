package io.flowlog.parser;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of addresses as sorted ranges that do not touch. Immutable; looking up an address allocates nothing. */
final class AddressSet {
    private static final BigInteger LAST = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    private static final BigInteger FIRST_IPV4 = BigInteger.valueOf(IpAddress.MAPPED);
    private static final BigInteger LAST_IPV4 = BigInteger.valueOf(IpAddress.MAPPED | 0xffffffffL);

    /**
     * RFC 1918; RFC 6598 (100.64.0.0/10); link-local: RFC 3927 and RFC 4291, section 2.5.6; loopback; RFC 4193 (fc00::/7).
     */
    private static final List<String> PRIVATE_RANGES = List.of(
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "169.254.0.0/16",
            "127.0.0.0/8",
            "fe80::/10",
            "::1/128",
            "fc00::/7");

    /** One bit for each first number of a dotted quad with which an address of the set can begin. */
    private final long[] firstNumbers = new long[4];

    private final boolean onlyIpv4;
    private final List<Range> ranges;
    private final long[] firstHigh;
    private final long[] firstLow;
    private final long[] lastHigh;
    private final long[] lastLow;

    /** Numbers from {@code first} to {@code last}, both included; empty if {@code last} is less. */
    record Range(BigInteger first, BigInteger last) {}

    AddressSet(List<Range> ranges) {
        List<Range> merged = merged(ranges);
        this.ranges = merged;
        merged.forEach(this::addFirstNumbers);
        onlyIpv4 = merged.stream()
                .allMatch(range -> range.first.compareTo(FIRST_IPV4) >= 0 && range.last.compareTo(LAST_IPV4) <= 0);
        firstHigh = new long[merged.size()];
        firstLow = new long[merged.size()];
        lastHigh = new long[merged.size()];
        lastLow = new long[merged.size()];
        for (int i = 0; i < merged.size(); i++) {
            Range range = merged.get(i);
            firstHigh[i] = range.first.shiftRight(64).longValue();
            firstLow[i] = range.first.longValue();
            lastHigh[i] = range.last.shiftRight(64).longValue();
            lastLow[i] = range.last.longValue();
        }
    }

    /** The addresses of all of these sets. */
    static AddressSet anyOf(List<AddressSet> sets) {
        return new AddressSet(sets.stream().flatMap(set -> set.ranges.stream()).toList());
    }

    private void addFirstNumbers(Range range) {
        BigInteger first = range.first.max(FIRST_IPV4);
        BigInteger last = range.last.min(LAST_IPV4);
        if (first.compareTo(last) <= 0) {
            for (int i = first.intValue() >>> 24; i <= last.intValue() >>> 24; i++) {
                firstNumbers[i >>> 6] |= 1L << i;
            }
        }
    }

    /**
     * Whether a text is an address of this set.
     *
     * @param column reads the text, if nobody has yet
     */
    boolean contains(byte[] text, int start, int end, ColumnAddress column) {
        return mayContain(text, start, end) && column.read(text, start, end) && contains(column.address);
    }

    /**
     * False if the first number of a dotted quad, or the first byte of another text, shows that it is not in this set. Most
     * addresses are decided here, without reading them.
     */
    private boolean mayContain(byte[] text, int start, int end) {
        if (end - start < 4) {
            return end - start > 1;
        }
        int four = (int) DottedQuad.INT.get(text, start);
        int length = DottedQuad.firstLength(four);
        byte begin = text[start];
        if (begin == ':' || length == 4) {
            return !onlyIpv4 || begin == ':' || begin == '0';
        }
        int number = DottedQuad.firstNumber(four, length);
        return (firstNumbers[number >>> 6 & 3] >>> number & 1) != 0;
    }

    boolean contains(IpAddress address) {
        if (firstLow.length == 1) {
            return compare(address, firstHigh[0], firstLow[0]) >= 0 && compare(address, lastHigh[0], lastLow[0]) <= 0;
        }
        int low = 0;
        int high = firstLow.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (compare(address, firstHigh[middle], firstLow[middle]) < 0) {
                high = middle - 1;
            } else if (compare(address, lastHigh[middle], lastLow[middle]) > 0) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    private static int compare(IpAddress address, long high, long low) {
        int order = Long.compareUnsigned(address.high, high);
        return order != 0 ? order : Long.compareUnsigned(address.low, low);
    }

    private static List<Range> merged(List<Range> ranges) {
        List<Range> merged = new ArrayList<>();
        ranges.stream()
                .filter(range -> range.first.compareTo(range.last) <= 0)
                .sorted(Comparator.comparing(Range::first))
                .forEach(range -> {
                    Range before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
                    if (before == null || before.last.add(BigInteger.ONE).compareTo(range.first) < 0) {
                        merged.add(range);
                    } else {
                        merged.set(merged.size() - 1, new Range(before.first, before.last.max(range.last)));
                    }
                });
        return merged;
    }

    /** The range of one address; empty if the text is not an address. */
    static List<Range> ofAddress(String text) {
        BigInteger number = number(text);
        return number == null ? List.of() : List.of(new Range(number, number));
    }

    /**
     * The ranges of a CIDR block, empty if the text is not one. Host bits may be set. IPv6 blocks do not include
     * the mapped IPv4 addresses: {@code ::/0} is all IPv6 addresses.
     */
    static List<Range> ofBlock(String text) {
        int slash = text.indexOf('/');
        BigInteger number = slash < 0 ? null : number(text.substring(0, slash));
        if (number == null) {
            return List.of();
        }
        int bits = text.lastIndexOf(':', slash) < 0 ? 32 : 128;
        int prefix = prefix(text.substring(slash + 1), bits);
        if (prefix < 0) {
            return List.of();
        }
        int free = bits - prefix;
        BigInteger first = number.shiftRight(free).shiftLeft(free);
        BigInteger last = first.add(BigInteger.ONE.shiftLeft(free)).subtract(BigInteger.ONE);
        boolean holdsIpv4 = free > 32 && first.compareTo(FIRST_IPV4) <= 0 && last.compareTo(LAST_IPV4) >= 0;
        if (!holdsIpv4) {
            return List.of(new Range(first, last));
        }
        return List.of(
                new Range(first, FIRST_IPV4.subtract(BigInteger.ONE)), new Range(LAST_IPV4.add(BigInteger.ONE), last));
    }

    private static int prefix(String digits, int bits) {
        if (!digits.matches("0|[1-9][0-9]{0,2}")) {
            return -1;
        }
        int prefix = Integer.parseInt(digits);
        return prefix <= bits ? prefix : -1;
    }

    static List<Range> ofPrivate() {
        return PRIVATE_RANGES.stream().flatMap(text -> ofBlock(text).stream()).toList();
    }

    static List<Range> ofPublic() {
        List<Range> rest = new ArrayList<>();
        BigInteger next = BigInteger.ZERO;
        for (Range range : merged(ofPrivate())) {
            rest.add(new Range(next, range.first.subtract(BigInteger.ONE)));
            next = range.last.add(BigInteger.ONE);
        }
        rest.add(new Range(next, LAST));
        return rest;
    }

    /** The addresses that are {@code operator} than this one, which is an address. */
    static List<Range> ofOrder(String operator, String text) {
        BigInteger number = ofAddress(text).get(0).first;
        return List.of(
                switch (operator) {
                    case "<" -> new Range(BigInteger.ZERO, number.subtract(BigInteger.ONE));
                    case "<=" -> new Range(BigInteger.ZERO, number);
                    case ">" -> new Range(number.add(BigInteger.ONE), LAST);
                    default -> new Range(number, LAST);
                });
    }

    private static @Nullable BigInteger number(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        IpAddress address = new IpAddress();
        if (!address.read(bytes, 0, bytes.length)) {
            return null;
        }
        return unsigned(address.high).shiftLeft(64).or(unsigned(address.low));
    }

    private static BigInteger unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits));
    }
}
