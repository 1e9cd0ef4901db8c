package io.flowlog.parser;

import java.util.List;

/** A filter, or a part of one, for rows of one format. Immutable; the buffer belongs to the calling thread. */
@FunctionalInterface
interface RowTest {
    RowTest ALWAYS = (row, buffer) -> true;
    RowTest NEVER = (row, buffer) -> false;

    boolean test(FlowLogRow row, ColumnBuffer buffer);

    static RowTest not(RowTest part) {
        return part == ALWAYS ? NEVER : part == NEVER ? ALWAYS : (row, buffer) -> !part.test(row, buffer);
    }

    static RowTest allOf(List<RowTest> parts) {
        if (parts.contains(NEVER)) {
            return NEVER;
        }
        RowTest[] open = parts.stream().filter(part -> part != ALWAYS).toArray(RowTest[]::new);
        return switch (open.length) {
            case 0 -> ALWAYS;
            case 1 -> open[0];
            default ->
                (row, buffer) -> {
                    for (RowTest part : open) {
                        if (!part.test(row, buffer)) {
                            return false;
                        }
                    }
                    return true;
                };
        };
    }

    static RowTest anyOf(List<RowTest> parts) {
        if (parts.contains(ALWAYS)) {
            return ALWAYS;
        }
        RowTest[] open = parts.stream().filter(part -> part != NEVER).toArray(RowTest[]::new);
        return switch (open.length) {
            case 0 -> NEVER;
            case 1 -> open[0];
            default ->
                (row, buffer) -> {
                    for (RowTest part : open) {
                        if (part.test(row, buffer)) {
                            return true;
                        }
                    }
                    return false;
                };
        };
    }
}
