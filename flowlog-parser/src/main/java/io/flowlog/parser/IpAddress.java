package io.flowlog.parser;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IPv4 or IPv6 address as a number of 128 bits. An IPv4 address has the number of its IPv4-mapped IPv6 address ({@code
 * ::ffff:10.0.0.1}, RFC 4291, section 2.5.5.2), so both spellings are the same address. Mutable, for one thread; reading
 * allocates nothing.
 */
final class IpAddress {
    /** The length of the longest address in bytes: eight groups of which the last two are a dotted quad. */
    static final int LONGEST = 45;

    /** The upper half of the low 64 bits of an IPv4 address. */
    static final long MAPPED = 0xffffL << 32;

    private static final int GROUPS = 8;

    long high;
    long low;

    boolean isIpv4() {
        return high == 0 && low >>> 32 == 0xffff;
    }

    /** The address without a name; of class {@code Inet4Address} for IPv4 and mapped addresses. */
    InetAddress toInetAddress() {
        byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("16 bytes are an address", e);
        }
    }

    /**
     * Reads the text forms of RFC 4291, section 2.2, and dotted quads. Quads with leading zeros and addresses with a zone
     * are not read, because programs disagree about them.
     *
     * @return false if the bytes are not an address; the number is then undefined
     */
    boolean read(byte[] text, int start, int end) {
        high = 0;
        low = MAPPED;
        long quad = DottedQuad.read(text, start, end);
        if (quad >= 0) {
            low |= quad;
            return true;
        }
        return readQuad(text, start, end) || readIpv6(text, start, end);
    }

    /** Reads a dotted quad into the lowest 32 bits; leaves them alone if it is not one. */
    private boolean readQuad(byte[] text, int start, int end) {
        long quad = 0;
        int value = 0;
        int digits = 0;
        int dots = 0;
        for (int i = start; i < end; i++) {
            int digit = text[i] - '0';
            if (digit >= 0 && digit <= 9) {
                if (digits > 0 && value == 0) {
                    return false;
                }
                value = value * 10 + digit;
                digits++;
                if (value > 255) {
                    return false;
                }
            } else if (text[i] == '.' && digits > 0) {
                quad = quad << 8 | value;
                value = 0;
                digits = 0;
                dots++;
            } else {
                return false;
            }
        }
        if (dots != 3 || digits == 0) {
            return false;
        }
        low |= quad << 8 | value;
        return true;
    }

    /** Groups before {@code ::} are placed from the left, and those after it are counted first. */
    private boolean readIpv6(byte[] text, int start, int end) {
        high = 0;
        low = 0;
        int gap = gap(text, start, end);
        if (gap < 0) {
            return place(text, start, end, GROUPS) == GROUPS;
        }
        int before = place(text, start, gap, GROUPS);
        int after = before < 0 ? -1 : count(text, gap + 2, end);
        return after >= 0 && before + after < GROUPS && place(text, gap + 2, end, after) == after;
    }

    private static int gap(byte[] text, int start, int end) {
        for (int i = start; i + 1 < end; i++) {
            if (text[i] == ':' && text[i + 1] == ':') {
                return i;
            }
        }
        return -1;
    }

    /** The number of groups if all are valid; a dotted quad at the end counts two. */
    private static int count(byte[] text, int start, int end) {
        int groups = start < end ? 1 : 0;
        boolean quad = false;
        for (int i = start; i < end; i++) {
            groups += text[i] == ':' ? 1 : 0;
            quad |= text[i] == '.';
        }
        return groups + (quad ? 1 : 0);
    }

    /** Adds groups, the first of which has {@code behind} groups from itself to the end; their number, or -1. */
    private int place(byte[] text, int start, int end, int behind) {
        int groups = 0;
        int at = start;
        while (at < end) {
            if (groups > 0 && text[at++] != ':') {
                return -1;
            }
            int from = at;
            long value = 0;
            while (at < end && at - from < 4 && hex(text[at]) >= 0) {
                value = value << 4 | hex(text[at++]);
            }
            if (at < end && text[at] == '.') {
                return behind - groups == 2 && readQuad(text, from, end) ? groups + 2 : -1;
            }
            if (at == from || groups == behind) {
                return -1;
            }
            groups++;
            int shift = (behind - groups) * 16;
            if (shift >= 64) {
                high |= value << (shift - 64);
            } else {
                low |= value << shift;
            }
        }
        return groups;
    }

    private static int hex(byte c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
