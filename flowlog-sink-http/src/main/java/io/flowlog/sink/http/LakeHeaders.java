package io.flowlog.sink.http;

import io.flowlog.sink.http.DeliveryException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The headers that the user gave. Refreshable ones are read at the first request, and again when the lake refuses them:
 * once for all requests that wait. Safe for several threads.
 */
final class LakeHeaders {
    /** A header and where its value comes from. */
    record Header(String name, Supplier<String> value, boolean refreshable) {}

    /** Values as they were read at one time. */
    static final class Reading {
        private final List<String> namesAndValues;
        private volatile boolean accepted;

        Reading(List<String> namesAndValues) {
            this.namesAndValues = List.copyOf(namesAndValues);
        }

        List<String> namesAndValues() {
            return namesAndValues;
        }

        /** The lake answered a request with these values with a 2xx. */
        void accept() {
            accepted = true;
        }

        boolean accepted() {
            return accepted;
        }
    }

    /** A refreshable value could not be read, or cannot be the value of a header. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final Reason reason;

        UnreadableException(Reason reason, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }
    }

    private final List<Header> headers;
    private final boolean refreshable;
    private final Redactor redactor;
    private final ReentrantLock reading = new ReentrantLock();
    private @Nullable Reading current;

    LakeHeaders(List<Header> headers, Redactor redactor) {
        this.headers = List.copyOf(headers);
        this.refreshable = headers.stream().anyMatch(Header::refreshable);
        this.redactor = redactor;
    }

    boolean refreshable() {
        return refreshable;
    }

    Reading current() throws UnreadableException, InterruptedException {
        reading.lockInterruptibly();
        try {
            Reading values = current;
            if (values == null) {
                values = read();
                current = values;
            }
            return values;
        } finally {
            reading.unlock();
        }
    }

    /** Values newer than those refused: what another request has read meanwhile, or else read now. */
    Reading after(Reading refused) throws UnreadableException, InterruptedException {
        reading.lockInterruptibly();
        try {
            if (current == refused) {
                current = null;
            }
            return current();
        } finally {
            reading.unlock();
        }
    }

    private Reading read() throws UnreadableException {
        List<String> values = new ArrayList<>();
        for (Header header : headers) {
            String value = read(header);
            redactor.learn(value);
            values.add(header.name());
            values.add(value);
        }
        return new Reading(values);
    }

    private String read(Header header) throws UnreadableException {
        String value;
        try {
            value = header.value().get();
        } catch (RuntimeException e) {
            Throwable cause = redactor.isClean(e) ? e : null;
            String text = "the value of header " + header.name() + " could not be read";
            throw new UnreadableException(Reason.HEADER_UNAVAILABLE, text, cause);
        }
        try {
            return HeaderRules.checkValue(header.name(), value);
        } catch (InvalidSettingException e) {
            throw new UnreadableException(Reason.AUTH, String.valueOf(e.getMessage()), null);
        }
    }
}
