package io.flowlog.lambda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/** Lines of flow logs without a header, each with an id that does not depend on the other lines. For one thread. */
final class LogLines {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final List<String> ids = new ArrayList<>();

    /** Adds a message that has an id. It is one line; if it has more, they have the id with -2, -3 and so on. */
    void add(String id, String message) {
        add(message.getBytes(StandardCharsets.UTF_8), number -> number == 1 ? id : id + "-" + number);
    }

    /** Adds lines whose ids are this text with 1, 2, 3 and so on. */
    void addAll(String idHead, byte[] lines) {
        add(lines, number -> idHead + number);
    }

    private void add(byte[] bytes, IntFunction<String> idOfNumber) {
        int number = 0;
        int start = 0;
        while (start < bytes.length || number == 0) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            text.write(bytes, start, end - start);
            text.write('\n');
            ids.add(idOfNumber.apply(++number));
            start = end + 1;
        }
    }

    /** The ids of the lines, in their order. */
    List<String> ids() {
        return Collections.unmodifiableList(ids);
    }

    InputStream open() {
        return new ByteArrayInputStream(text.toByteArray());
    }
}
