package io.flowlog.parser;

import java.util.Arrays;
import java.util.Optional;

/** Finds the documented field that somebody may have meant. */
final class Similar {
    private static final int MOST_EDITS = 2;

    private Similar() {}

    static Optional<String> field(String name) {
        String best = null;
        int fewest = MOST_EDITS + 1;
        for (FlowLogField field : FlowLogField.values()) {
            String known = field.awsName();
            if (Math.abs(known.length() - name.length()) <= MOST_EDITS) {
                int edits = edits(name, known);
                if (edits < fewest) {
                    fewest = edits;
                    best = known;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** The Levenshtein distance. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
