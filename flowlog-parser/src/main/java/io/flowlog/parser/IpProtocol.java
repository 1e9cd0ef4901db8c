package io.flowlog.parser;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * IANA's keywords for the numbers in the column {@code protocol}: 6 is TCP, 58 is IPv6-ICMP.
 *
 * <p>Source: the registry "Assigned Internet Protocol Numbers" of IANA, as of 2025. Two of its keywords contain spaces; here they
 * are {@code ISIS-over-IPv4} and {@code Mobility-Header}.
 */
public final class IpProtocol {
    /** Ten numbers per line, from 0; a hyphen for a number that has a meaning but no keyword. */
    private static final String REGISTRY = """
            HOPOPT ICMP IGMP GGP IPv4 ST TCP CBT EGP IGP
            BBN-RCC-MON NVP-II PUP ARGUS EMCON XNET CHAOS UDP MUX DCN-MEAS
            HMP PRM XNS-IDP TRUNK-1 TRUNK-2 LEAF-1 LEAF-2 RDP IRTP ISO-TP4
            NETBLT MFE-NSP MERIT-INP DCCP 3PC IDPR XTP DDP IDPR-CMTP TP++
            IL IPv6 SDRP IPv6-Route IPv6-Frag IDRP RSVP GRE DSR BNA
            ESP AH I-NLSP SWIPE NARP Min-IPv4 TLSP SKIP IPv6-ICMP IPv6-NoNxt
            IPv6-Opts - CFTP - SAT-EXPAK KRYPTOLAN RVD IPPC - SAT-MON
            VISA IPCV CPNX CPHB WSN PVP BR-SAT-MON SUN-ND WB-MON WB-EXPAK
            ISO-IP VMTP SECURE-VMTP VINES IPTM NSFNET-IGP DGP TCF EIGRP OSPFIGP
            Sprite-RPC LARP MTP AX.25 IPIP MICP SCC-SP ETHERIP ENCAP -
            GMTP IFMP PNNI PIM ARIS SCPS QNX A/N IPComp SNP
            Compaq-Peer IPX-in-IP VRRP PGM - L2TP DDX IATP STP SRP
            UTI SMP SM PTP ISIS-over-IPv4 FIRE CRTP CRUDP SSCOPMCE IPLT
            SPS PIPE SCTP FC RSVP-E2E-IGNORE Mobility-Header UDPLite MPLS-in-IP manet HIP
            Shim6 WESP ROHC Ethernet AGGFRAG NSH Homa BIT-EMU
            """;

    private static final String[] KEYWORDS = REGISTRY.trim().split("\\s+");
    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    static {
        for (int number = 0; number < KEYWORDS.length; number++) {
            if (!KEYWORDS[number].equals("-")) {
                NUMBERS.put(KEYWORDS[number].toUpperCase(Locale.ROOT), number);
            }
        }
    }

    private IpProtocol() {}

    /**
     * Returns the keyword of a protocol number.
     *
     * @param number any number; IANA's are 0 to 255
     * @return the keyword as in the registry, such as {@code TCP}; empty if the number is not assigned, has no keyword (61,
     *     63, 68, 99, 114 and 253 to 255), or is not from 0 to 255
     */
    public static Optional<String> keyword(long number) {
        if (number < 0 || number >= KEYWORDS.length || KEYWORDS[(int) number].equals("-")) {
            return Optional.empty();
        }
        return Optional.of(KEYWORDS[(int) number]);
    }

    /**
     * Returns the number of a protocol.
     *
     * @param keyword such as {@code TCP}; case does not count
     * @return 0 to 255; empty for a keyword that is not in the registry
     */
    public static OptionalInt number(String keyword) {
        Integer number = NUMBERS.get(keyword.toUpperCase(Locale.ROOT));
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
