package io.flowlog.lambda;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads single variables, and keeps a list of what is wrong with them. A blank variable is one that is not set. */
final class SettingsCheck {
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final Pattern SECRET_ARN =
            Pattern.compile("arn:aws[a-z0-9-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[!-~]+");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern S3_HOST = Pattern.compile("(.+\\.)?s3([.-].*)?\\.amazonaws\\.com(\\.cn)?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\]");
    /** Headers that the sink or the HTTP client writes itself. */
    private static final Set<String> TAKEN = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "content-type",
            "content-encoding",
            "expect",
            "host",
            "idempotency-key",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final int MAX_FIELD_NAME = 128;

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    SettingsCheck(Map<String, String> environment) {
        this.environment = environment;
    }

    void problem(String name, String what) {
        problems.add(name + " " + what);
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    /** True also for a blank one: a blank token is a mistake that must not read as "the other source is used". */
    boolean isSet(String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    Optional<String> first(String... names) {
        for (String name : names) {
            Optional<String> value = value(name);
            if (value.isPresent()) {
                return value.map(String::strip);
            }
        }
        return Optional.empty();
    }

    boolean flag(String name) {
        String text = value(name).map(t -> t.strip().toLowerCase(Locale.ROOT)).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            problem(name, "must be true or false");
        }
        return text.equals("true");
    }

    long number(String name, long ifMissing, long min, long max) {
        Optional<String> text = value(name);
        if (text.isEmpty()) {
            return ifMissing;
        }
        try {
            long number = Long.parseLong(text.get().strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        problem(name, "must be a whole number of " + min + " to " + max);
        return ifMissing;
    }

    double ratio(String name, double ifMissing) {
        Optional<String> text = value(name);
        if (text.isEmpty()) {
            return ifMissing;
        }
        try {
            double number = Double.parseDouble(text.get().strip());
            if (number >= 0 && number <= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        problem(name, "must be a number of 0 to 1");
        return ifMissing;
    }

    Optional<String> token(String name) {
        if (!isSet(name)) {
            return Optional.empty();
        }
        String token = environment.get(name).strip();
        TokenRules.problem(token).ifPresent(what -> problem(name, what));
        return Optional.of(token);
    }

    Optional<String> secretArn(String name) {
        Optional<String> arn = first(name);
        if (isSet(name)
                && arn.filter(text -> SECRET_ARN.matcher(text).matches()).isEmpty()) {
            problem(name, "must be the ARN of a Secrets Manager secret");
        }
        return arn;
    }

    String headerName(String name, String ifMissing) {
        String header = value(name).map(String::strip).orElse(ifMissing);
        if (!HEADER_NAME.matcher(header).matches()) {
            problem(name, "must be the name of an HTTP header");
        } else if (TAKEN.contains(header.toLowerCase(Locale.ROOT))) {
            problem(name, "is a header that flowlog sets itself");
        }
        return header;
    }

    String headerValue(String name, String ifMissing) {
        String text = value(name).map(String::strip).orElse(ifMissing);
        if (!text.chars().allMatch(c -> c >= 0x20 && c < 0x7f) || text.length() > TokenRules.MAX_CHARS) {
            problem(name, "must be printable ASCII that a header can carry");
        }
        return text;
    }

    Optional<String> fieldName(String name) {
        Optional<String> field = value(name);
        if (field.isPresent()
                && (field.get().length() > MAX_FIELD_NAME
                        || field.get().chars().anyMatch(c -> c < 0x20 || c == 0x7f))) {
            problem(name, "must be a short JSON field name without control characters");
        }
        return field;
    }

    Optional<String> account(String name) {
        Optional<String> account = first(name);
        if (account.isPresent() && !ACCOUNT.matcher(account.get()).matches()) {
            problem(name, "must be an account id of 12 digits");
        }
        return account;
    }

    Optional<URI> uri(String name) {
        Optional<String> text = value(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text.get().strip());
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // told below; the exception's message would show the value
        }
        problem(name, "must be an http or https URL");
        return Optional.empty();
    }

    URI lake(String name, String ifMissing, boolean allowHttpLoopback) {
        URI fallback = URI.create(ifMissing);
        String text = value(name).orElse(ifMissing);
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            problem(name, "is not a URL (mind spaces at its ends)");
            return fallback;
        }
        String host = uri.getHost();
        int before = problems.size();
        if (host == null
                || uri.getPort() == 0
                || uri.getPort() > 65_535
                || uri.getRawAuthority().endsWith(":")) {
            problem(name, "must be a URL with a host and, if any, a port of 1 to 65535");
        } else if ("http".equalsIgnoreCase(uri.getScheme())) {
            if (!allowHttpLoopback || !LOOPBACK.matcher(host).matches()) {
                problem(name, "must be https (http only to this machine, with " + Settings.ALLOW_HTTP_LOOPBACK + ")");
            }
        } else if (!"https".equalsIgnoreCase(uri.getScheme())) {
            problem(name, "must be an https URL");
        }
        if (uri.getRawUserInfo() != null) {
            problem(name, "must not hold a user name or password");
        }
        if (uri.getRawFragment() != null) {
            problem(name, "must not have a fragment (#)");
        }
        if (host != null && S3_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
            problem(name, "is an S3 address: what is written there would call this function again");
        }
        return problems.size() == before ? uri : fallback;
    }
}
