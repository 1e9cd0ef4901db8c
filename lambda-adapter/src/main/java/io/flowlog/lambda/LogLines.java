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
    /**
     * More than 32 MiB of log events have, and few enough for the memory of the function: each line needs an id, so that
     * empty lines need much more memory than they have bytes.
     */
    static final int MAX_LINES = 500_000;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final List<String> ids = new ArrayList<>();

    /** Adds a message that has an id. It is one line; if it has more, they have the id with -2, -3 and so on. */
    void add(String id, String message) throws LogDataException {
        add(message.getBytes(StandardCharsets.UTF_8), number -> number == 1 ? id : id + "-" + number);
    }

    /** Adds lines whose ids are this text with 1, 2, 3 and so on. */
    void addAll(String idHead, byte[] lines) throws LogDataException {
        add(lines, number -> idHead + number);
    }

    private void add(byte[] bytes, IntFunction<String> idOfNumber) throws LogDataException {
        int number = 0;
        int start = 0;
        while (start < bytes.length || number == 0) {
            if (ids.size() == MAX_LINES) {
                throw new LogDataException("more than " + MAX_LINES + " lines");
            }
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
