package io.flowlog.parser;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Finds the constant of an enum by its text. */
final class Words<E extends Enum<E>> {
    private final Map<String, E> byText = new HashMap<>();
    private final E unknown;

    Words(E[] constants, Function<E, String> text, E unknown) {
        for (E constant : constants) {
            byText.put(text.apply(constant), constant);
        }
        this.unknown = unknown;
    }

    E of(String text) {
        return byText.getOrDefault(text, unknown);
    }
}
