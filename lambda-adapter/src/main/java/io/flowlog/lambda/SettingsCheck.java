package io.flowlog.lambda;

import io.flowlog.parser.FlowLogField;
import io.flowlog.parser.FlowLogFilter;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.sink.http.Compression;
import io.flowlog.sink.http.HttpSink;
import io.flowlog.sink.http.InvalidSettingException;
import io.flowlog.sink.http.InvalidSettingException.Setting;
import io.flowlog.sink.http.Lake;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.regex.Pattern;

/**
 * Reads single variables and collects their problems. A blank variable counts as not set. The sink checks the settings of
 * the lake: this class passes the values to it, and reports each problem under the name of the variable.
 */
final class SettingsCheck {
    private static final Pattern SECRET_ARN =
            Pattern.compile("arn:aws[a-z0-9-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[!-~]+");
    private static final Pattern TOKEN_SCHEME = Pattern.compile("[A-Za-z0-9._~+-]*");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern S3_HOST = Pattern.compile("(.+\\.)?s3([.-].*)?\\.amazonaws\\.com(\\.cn)?");
    private static final URI ANY_ENDPOINT = URI.create("");
    private static final String ANY_HEADER = "x-flowlog";
    private static final long MIB = 1024 * 1024;

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

    /** Makes the sink check a value. */
    private void ask(Map<Setting, String> names, String otherwise, Runnable call) {
        try {
            call.run();
        } catch (InvalidSettingException e) {
            problem(names.getOrDefault(e.setting(), otherwise), e.problem());
        }
    }

    /** True also for a blank variable: a blank token is a mistake, and does not mean that the other source is used. */
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
            // reported below, like a number out of range
        }
        problem(name, "must be a whole number from " + min + " to " + max);
        return ifMissing;
    }

    /** A number that the sink checks. */
    double ratio(String name, double ifMissing, DoubleConsumer sink) {
        Optional<String> text = value(name);
        if (text.isPresent()) {
            try {
                double number = Double.parseDouble(text.get().strip());
                ask(Map.of(), name, () -> sink.accept(number));
                return number;
            } catch (NumberFormatException e) {
                problem(name, "must be a number");
            }
        }
        return ifMissing;
    }

    Optional<String> token(String name) {
        if (!isSet(name)) {
            return Optional.empty();
        }
        String token = environment.get(name).strip();
        Optional<String> problem = TokenRules.problem(token);
        if (problem.isPresent()) {
            problem(name, problem.get());
        } else {
            headerValue(name, token);
        }
        return Optional.of(token);
    }

    Optional<String> secretArn(String name) {
        Optional<String> arn = first(name);
        if (isSet(name)
                && arn.filter(text -> SECRET_ARN.matcher(text).matches()).isEmpty()) {
            problem(name, "must be the ARN of a secret in Secrets Manager");
        }
        return arn;
    }

    /** The name of a header. All names are given to the same builder, which rejects one that is set twice. */
    String headerName(String name, String ifMissing, HttpSink.Builder sink) {
        String header = first(name).orElse(ifMissing);
        ask(Map.of(), name, () -> sink.header(header, () -> ""));
        return header;
    }

    String headerValue(String name, String ifMissing) {
        String text = first(name).orElse(ifMissing);
        ask(Map.of(), name, () -> HttpSink.builder(ANY_ENDPOINT).header(ANY_HEADER, text));
        return text;
    }

    Optional<String> fieldName(String name, HttpSink.Builder sink) {
        Optional<String> field = value(name);
        field.ifPresent(text -> ask(Map.of(), name, () -> sink.recordIdField(text)));
        return field;
    }

    Lake lakeKind(String name) {
        String text = first(name).orElse(Lake.DASSANA.label());
        Optional<Lake> lake = Lake.of(text);
        if (lake.isEmpty()) {
            problem(name, "must be one of " + Arrays.toString(Lake.values()));
        }
        return lake.orElse(Lake.DASSANA);
    }

    /** A compression whose library is there. */
    Compression compression(String name) {
        String text = first(name).orElse(Compression.GZIP.label());
        Optional<Compression> compression = Compression.of(text);
        if (compression.isEmpty()) {
            problem(name, "must be one of " + Arrays.toString(Compression.values()));
        }
        compression.ifPresent(one -> ask(
                Map.of(),
                name,
                () -> HttpSink.builder(ANY_ENDPOINT).compression(one).checkCompression()));
        return compression.orElse(Compression.GZIP);
    }

    /** The word before a token; {@code none} for a token that stands alone. */
    String tokenScheme(String name, String ifMissing) {
        String scheme = first(name).orElse(ifMissing);
        if (!TOKEN_SCHEME.matcher(scheme).matches()) {
            problem(name, "must be one word, such as Bearer, or none");
        }
        return scheme.equals("none") ? "" : scheme;
    }

    Optional<FlowLogFilter> filter(String name) {
        try {
            return value(name).map(FlowLogFilter::parse);
        } catch (FlowLogFilter.InvalidFilterException e) {
            problem(name, "is invalid: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The columns of lines without a header. */
    Optional<FlowLogFormat> format(String name, String recordIdField) {
        Optional<String> text = value(name).map(String::strip);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.get().equals("default")) {
            return Optional.of(FlowLogFormat.DEFAULT);
        }
        try {
            FlowLogFormat format = FlowLogFormat.parse(text.get());
            if (format.columns().stream()
                    .noneMatch(column -> FlowLogField.of(column).isPresent())) {
                problem(name, "has no field that AWS documents; set it to default, or to the format of the flow log");
            }
            if (format.indexOf(value(recordIdField).orElse("")) >= 0) {
                problem(recordIdField, "must not be a column of " + name);
            }
            return Optional.of(format);
        } catch (IllegalArgumentException e) {
            problem(name, "is invalid: " + e.getMessage());
            return Optional.empty();
        }
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
            // reported below; the message of the exception would show the value
        }
        problem(name, "must be an http or https URL");
        return Optional.empty();
    }

    URI lake(String name, String ifMissing, String loopbackName, boolean allowHttpLoopback) {
        URI fallback = URI.create(ifMissing);
        String text = value(name).orElse(ifMissing);
        int before = problems.size();
        ask(
                Map.of(Setting.ALLOW_HTTP_LOOPBACK, loopbackName),
                name,
                () -> HttpSink.builder(text)
                        .allowHttpLoopback(allowHttpLoopback)
                        .checkEndpoint());
        if (problems.size() > before) {
            return fallback;
        }
        URI uri = URI.create(text);
        if (S3_HOST.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches()) {
            problem(name, "must not be an address of S3: what is written there would invoke this function again");
            return fallback;
        }
        return uri;
    }

    /**
     * Requests in flight can need the memory of their uncompressed JSON, when a lake answers 413 and they are halved. Of
     * the heap without the bytes that are read ahead, half is left for everything else.
     */
    void memory(String batchSize, long batchBytes, String inFlight, int requests, long reserved, long heapBytes) {
        if (batchBytes > (heapBytes - reserved) / 2 / requests) {
            problem(
                    batchSize + " and " + inFlight,
                    "need up to " + batchBytes / MIB * requests + " MiB of memory (" + requests + " requests of "
                            + batchBytes / MIB + " MiB), which is more than half of the heap of " + heapBytes / MIB
                            + " MiB without the " + reserved / MIB
                            + " MiB that reading and compressing take; lower one of them, or give the function more memory");
        }
    }
}
