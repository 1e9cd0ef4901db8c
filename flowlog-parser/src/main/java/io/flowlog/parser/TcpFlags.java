package io.flowlog.parser;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The TCP flags of all packets of a flow in one window, combined with OR: the column {@code tcp-flags}.
 *
 * <p>18 is a SYN-ACK. 3 is a connection that was opened and closed within the window. 0 means that AWS recorded no flag, as in
 * the middle of a long connection. Bits without a name here are kept. Immutable.
 *
 * <p>Sources: "Flow log records" in the Amazon VPC User Guide; RFC 9293, section 3.1.
 */
public final class TcpFlags {
    private static final long KNOWN = 0x3f;

    private final long mask;

    private TcpFlags(long mask) {
        this.mask = mask;
    }

    /**
     * Returns the flags of a bitmask.
     *
     * @param mask as AWS writes it: the sum of the {@linkplain Flag#bit() bits}
     * @return the flags; every mask is valid
     */
    public static TcpFlags of(long mask) {
        return new TcpFlags(mask);
    }

    /**
     * Returns the bitmask with its unknown bits.
     *
     * @return the number that AWS wrote
     */
    public long mask() {
        return mask;
    }

    /**
     * Returns whether a packet of the flow had this flag.
     *
     * @param flag the flag
     * @return whether its bit is set; other bits do not matter
     */
    public boolean has(Flag flag) {
        return (mask & flag.bit) != 0;
    }

    /**
     * Whether a packet was a FIN.
     *
     * @return whether bit 1 is set
     */
    public boolean isFin() {
        return has(Flag.FIN);
    }

    /**
     * Whether a packet was a SYN, with or without ACK.
     *
     * @return whether bit 2 is set
     */
    public boolean isSyn() {
        return has(Flag.SYN);
    }

    /**
     * Whether a packet was a RST.
     *
     * @return whether bit 4 is set
     */
    public boolean isRst() {
        return has(Flag.RST);
    }

    /**
     * Whether a packet had PSH.
     *
     * @return whether bit 8 is set
     */
    public boolean isPsh() {
        return has(Flag.PSH);
    }

    /**
     * Whether a packet had ACK. AWS records ACK only together with SYN: a window with only ACKs has the mask 0.
     *
     * @return whether bit 16 is set
     */
    public boolean isAck() {
        return has(Flag.ACK);
    }

    /**
     * Whether a packet had URG.
     *
     * @return whether bit 32 is set
     */
    public boolean isUrg() {
        return has(Flag.URG);
    }

    /**
     * Whether SYN and ACK are set: the flow answered a connection attempt.
     *
     * @return whether bits 2 and 16 are set
     */
    public boolean isSynAck() {
        return has(Flag.SYN) && has(Flag.ACK);
    }

    /**
     * The flags that are set and have a name.
     *
     * @return an unmodifiable set in the order of the bits; bits without a name are not in it
     */
    public Set<Flag> flags() {
        EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
        for (Flag flag : Flag.values()) {
            if (has(flag)) {
                flags.add(flag);
            }
        }
        return Collections.unmodifiableSet(flags);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TcpFlags flags && flags.mask == mask;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(mask);
    }

    /**
     * The flags by name, such as {@code SYN|ACK}; bits without a name follow in hex, as in {@code SYN|0x40}.
     *
     * @return the names; {@code none} if no bit is set
     */
    @Override
    public String toString() {
        if (mask == 0) {
            return "none";
        }
        StringBuilder text = new StringBuilder();
        for (Flag flag : flags()) {
            text.append(text.isEmpty() ? "" : "|").append(flag);
        }
        if ((mask & ~KNOWN) != 0) {
            text.append(text.isEmpty() ? "" : "|").append("0x").append(Long.toHexString(mask & ~KNOWN));
        }
        return text.toString();
    }

    /** A TCP flag that AWS records. */
    public enum Flag {
        /** No more data from the sender. */
        FIN(1),
        /** Synchronize sequence numbers: a connection is opened. */
        SYN(2),
        /** Reset the connection. */
        RST(4),
        /** Push function. */
        PSH(8),
        /** The acknowledgment number counts. */
        ACK(16),
        /** The urgent pointer counts. */
        URG(32);

        private final int bit;

        Flag(int bit) {
            this.bit = bit;
        }

        /**
         * The flag's place in the bitmask.
         *
         * @return a power of two, 1 to 32
         */
        public int bit() {
            return bit;
        }
    }
}
