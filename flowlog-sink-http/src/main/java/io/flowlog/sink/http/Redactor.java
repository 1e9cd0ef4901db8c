package io.flowlog.sink.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Removes the values of headers from text: in plain form, in base64, URL-encoded and JSON-escaped. */
final class Redactor {
    private static final String MARK = "[redacted]";
    /** Shorter values are not secrets, and removing them would make the text unreadable. */
    private static final int SHORTEST = 6;

    /** Words of at least this length are secrets too: in {@code Bearer TOKEN}, the token is one, the scheme is not. */
    private static final int SHORTEST_WORD = 8;

    private static final int MOST_FORMS = 1000;
    private static final int LONGEST_SHOWN = 200;

    private final Set<String> forms = new LinkedHashSet<>();

    /** Adds the value of a header and its words to what is removed. */
    synchronized void learn(String value) {
        if (value.length() >= SHORTEST) {
            addForms(value);
        }
        for (String word : value.split("[ \\t]+")) {
            if (word.length() >= SHORTEST_WORD) {
                addForms(word);
            }
        }
    }

    private void addForms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        add(secret);
        add(encoded);
        add(encoded.replace("+", "%20"));
        add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
        for (int before = 0; before < 3; before++) {
            addBase64(Base64.getEncoder(), before, bytes);
            addBase64(Base64.getUrlEncoder(), before, bytes);
        }
    }

    /** Keeps the newest forms, so that a token that changes every hour does not fill the memory. */
    private void add(String form) {
        forms.remove(form);
        forms.add(form);
        if (forms.size() > MOST_FORMS) {
            forms.remove(forms.iterator().next());
        }
    }

    /** Adds the base64 digits that depend on the secret alone if so many other bytes precede it. */
    private void addBase64(Base64.Encoder encoder, int before, byte[] secret) {
        byte[] bytes = new byte[before + secret.length];
        System.arraycopy(secret, 0, bytes, before, secret.length);
        String digits = encoder.withoutPadding().encodeToString(bytes);
        add(digits.substring((before * 8 + 5) / 6, bytes.length * 8 / 6));
    }

    /** The text without secrets, on one line and cut to a length that suits a message. */
    String shown(String text) {
        return OneLine.of(redact(text), LONGEST_SHOWN);
    }

    /** The message of an exception, or of its first cause that has one, and the exception's class. */
    String described(Throwable thrown) {
        String message = thrown.getMessage();
        Throwable cause = thrown.getCause();
        if (message == null && cause != null && cause != thrown) {
            return described(cause);
        }
        String type = thrown.getClass().getSimpleName();
        return message == null ? type : shown(message) + " (" + type + ")";
    }

    private synchronized String redact(String text) {
        String clean = text;
        for (String form : forms) {
            clean = Pattern.compile(Pattern.quote(form), Pattern.CASE_INSENSITIVE)
                    .matcher(clean)
                    .replaceAll(MARK);
        }
        return clean;
    }

    /** Whether an exception may be shown: no message in its chain of causes contains a secret. */
    boolean isClean(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            String text = String.valueOf(t).toLowerCase(Locale.ROOT);
            if (!redact(text).equals(text)) {
                return false;
            }
            for (Throwable suppressed : t.getSuppressed()) {
                if (!isClean(suppressed)) {
                    return false;
                }
            }
        }
        return true;
    }
}
