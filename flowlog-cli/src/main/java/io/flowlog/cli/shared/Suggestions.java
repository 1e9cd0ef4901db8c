package io.flowlog.cli.shared;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt word was meant to be. */
public final class Suggestions {
    private static final int MOST_EDITS = 3;

    private Suggestions() {}

    /**
     * The candidate that is most similar to a word.
     *
     * @param word the word as the user wrote it
     * @param candidates the words that are valid
     * @return the nearest one by letters changed, inserted, deleted or swapped; empty if none is near
     */
    public static Optional<String> closest(String word, Collection<String> candidates) {
        String lower = word.toLowerCase(Locale.ROOT);
        int most = Math.min(MOST_EDITS, Math.max(1, word.length() / 2));
        return candidates.stream()
                .filter(candidate -> edits(lower, candidate.toLowerCase(Locale.ROOT)) <= most)
                .min(Comparator.comparingInt(candidate -> edits(lower, candidate.toLowerCase(Locale.ROOT))));
    }

    /**
     * The end of a message about an unknown word.
     *
     * @param word the word as the user wrote it
     * @param candidates the words that are valid
     * @return {@code "; did you mean 'local'?"}, or the empty text if no candidate is near
     */
    public static String didYouMean(String word, Collection<String> candidates) {
        return closest(word, candidates)
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse("");
    }

    /** The optimal string alignment distance. */
    private static int edits(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1), cost[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[one.length()][other.length()];
    }
}
