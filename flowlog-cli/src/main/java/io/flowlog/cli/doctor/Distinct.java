package io.flowlog.cli.doctor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** The different values of a column, up to a limit that bounds the memory. */
final class Distinct {
    /** More values are not counted: {@value}. */
    static final int MOST = 20_000;

    private static final int LONGEST = 128;

    private final Set<String> values = new HashSet<>();
    private boolean more;
    private byte[] last = {};

    void add(byte[] bytes, int length) {
        // Neighbouring lines often have the same value.
        if (Arrays.equals(bytes, 0, length, last, 0, last.length)) {
            return;
        }
        last = Arrays.copyOf(bytes, length);
        add(new String(bytes, 0, Math.min(length, LONGEST), StandardCharsets.UTF_8));
    }

    private void add(String value) {
        if (values.size() < MOST) {
            values.add(value);
        } else if (!values.contains(value)) {
            more = true;
        }
    }

    void addAll(Distinct other) {
        other.values.forEach(this::add);
        more |= other.more;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** How many there are, and the first ones by name. */
    String summary(int shown) {
        TreeSet<String> sorted = new TreeSet<>(values);
        String names = String.join(", ", sorted.stream().limit(shown).toList());
        return String.format(
                java.util.Locale.ROOT,
                "%s%,d: %s%s",
                more ? "more than " : "",
                values.size(),
                names,
                values.size() > shown ? ", ..." : "");
    }
}
