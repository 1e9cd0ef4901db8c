package io.flowlog.cli.doctor;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns that the questions of {@code flowlog query} need. The questions themselves are in the module flowlog-query,
 * which depends on this one; a test there compares the two lists.
 */
public final class QueryColumns {
    private static final Map<String, List<String>> NEEDS = new LinkedHashMap<>();

    static {
        needs("timeline", "start bytes");
        needs("talkers", "srcaddr dstaddr bytes packets");
        needs("interfaces", "interface-id instance-id subnet-id bytes");
        needs("rejected", "srcaddr dstaddr dstport action");
        needs("ports", "srcport dstport protocol bytes");
        needs("admin", "srcaddr dstaddr dstport protocol action bytes");
        needs("databases", "srcaddr dstaddr dstport action bytes");
        needs("nat", "srcaddr dstaddr pkt-srcaddr pkt-dstaddr bytes");
        needs("services", "pkt-dst-aws-service traffic-path flow-direction bytes");
        needs("zones", "srcaddr dstaddr pkt-srcaddr az-id flow-direction bytes");
        needs("unanswered", "srcaddr dstaddr srcport dstport protocol tcp-flags flow-direction packets");
        needs("gaps", "interface-id log-status");
    }

    private QueryColumns() {}

    private static void needs(String query, String columns) {
        NEEDS.put(query, List.of(columns.split(" ")));
    }

    /**
     * The columns that each question needs.
     *
     * @return names of columns by the name of the question, in the order in which the questions are listed
     */
    public static Map<String, List<String>> needs() {
        return Map.copyOf(NEEDS);
    }

    /** The questions that cannot be answered, with the columns that they miss. */
    static Map<String, List<String>> missing(Collection<String> columns) {
        Map<String, List<String>> missing = new LinkedHashMap<>();
        NEEDS.forEach((query, needed) -> {
            List<String> absent =
                    needed.stream().filter(name -> !columns.contains(name)).toList();
            if (!absent.isEmpty()) {
                missing.put(query, absent);
            }
        });
        return missing;
    }

    static int count() {
        return NEEDS.size();
    }
}
