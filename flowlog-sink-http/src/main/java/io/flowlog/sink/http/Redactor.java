package io.flowlog.sink.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes header values out of text that came from elsewhere: as they are, in base64, URL-encoded, JSON-escaped. */
final class Redactor {
    private static final String MARK = "[redacted]";
    /** What is shorter is no secret, and taking it out would make the text unreadable. */
    private static final int SHORTEST = 6;

    private static final int LONGEST_SHOWN = 200;

    private final Set<String> forms = new LinkedHashSet<>();

    /** Learns a header's value and, as in {@code Bearer TOKEN}, its last word. */
    synchronized void learn(String value) {
        addForms(value);
        addForms(value.substring(Math.max(value.lastIndexOf(' '), value.lastIndexOf('\t')) + 1));
    }

    private void addForms(String secret) {
        if (secret.length() < SHORTEST) {
            return;
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        forms.add(secret);
        forms.add(encoded);
        forms.add(encoded.replace("+", "%20"));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /** The text without secrets, on one line, cut to a length fit for a message. */
    String shown(String text) {
        return Printable.text(redact(text), LONGEST_SHOWN);
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

    /** Whether a chain of causes may be shown: none of its texts holds a secret. */
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
