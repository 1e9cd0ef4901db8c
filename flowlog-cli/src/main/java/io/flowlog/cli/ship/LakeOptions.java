package io.flowlog.cli.ship;

import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.Filters;
import io.flowlog.cli.shared.Source;
import io.flowlog.cli.shared.UserError;
import io.flowlog.parser.FlowLogField;
import io.flowlog.parser.FlowLogFilter;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.sink.http.HttpSink;
import io.flowlog.sink.http.Lake;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the kind of the lake and for the records that are sent. */
final class LakeOptions {
    @Option(
            names = "--lake",
            paramLabel = "KIND",
            description = "the kind of the lake: dassana (the default), ndjson, elasticsearch (also for OpenSearch),"
                    + " splunk-hec, datadog")
    private String kind = Lake.DASSANA.label();

    @Option(
            names = "--where",
            paramLabel = "EXPR",
            description = "send only records for which this is true, such as 'action = REJECT and port = 22'")
    private @Nullable String where;

    @Option(
            names = "--sample-rate",
            paramLabel = "N",
            description = "send one in N records; each has \"sample-rate\":N; default: all")
    private int sampleRate = 1;

    @Option(
            names = "--sample-where",
            paramLabel = "EXPR",
            description = "sample only records for which this is true, and send all others")
    private @Nullable String sampleWhere;

    private final Map<String, FlowLogFilter> filters = new LinkedHashMap<>();

    /** The kind of the lake. */
    Lake lake() throws UserError {
        Optional<Lake> lake = Lake.of(kind);
        if (lake.isEmpty()) {
            throw new UserError(
                    ExitCode.USAGE, "--lake must be one of " + Arrays.toString(Lake.values()) + ", found " + kind);
        }
        return lake.get();
    }

    /** Gives the options to a sink, with the headers that the kind of the lake needs. */
    void apply(HttpSink.Builder sink, Supplier<String> token, String appId) throws UserError {
        Lake lake = lake();
        sink.lake(lake);
        String scheme = Token.scheme(lake);
        sink.header(Token.headerName(lake), () -> scheme.isEmpty() ? token.get() : scheme + " " + token.get());
        Optional<String> appIdHeader = Token.appIdHeaderName(lake);
        if (appIdHeader.isPresent()) {
            sink.header(appIdHeader.get(), appId);
        }
        if (where != null) {
            sink.filter(filter("--where", where));
        }
        if (sampleRate < 1) {
            throw new UserError(ExitCode.USAGE, "--sample-rate must be 1 or more, found " + sampleRate);
        }
        if (sampleWhere == null) {
            sink.sample(sampleRate);
        } else if (sampleRate == 1) {
            throw new UserError(ExitCode.USAGE, "--sample-where has no effect without --sample-rate");
        } else {
            sink.sample(sampleRate, filter("--sample-where", sampleWhere));
        }
    }

    private FlowLogFilter filter(String option, String expression) throws UserError {
        FlowLogFilter filter = Filters.parse(option, expression);
        filters.put(option, filter);
        return filter;
    }

    /**
     * Checks the filters against the first header that can be read, so that a wrong name of a field ends the run before
     * anything is sent, and not every object by itself. Only names that AWS does not document need a header.
     */
    void checkFields(Iterable<Source> sources, Supplier<FlowLogReader.Builder> readers) throws UserError {
        boolean documented = filters.values().stream()
                .flatMap(filter -> filter.fields().stream())
                .allMatch(field -> FlowLogField.of(field).isPresent());
        if (documented) {
            return;
        }
        for (Source source : sources) {
            Optional<FlowLogFormat> format = source.size().isPresent() ? format(source, readers) : Optional.empty();
            if (format.isPresent()) {
                check(source.name(), format.get());
                return;
            }
        }
    }

    private void check(String source, FlowLogFormat format) throws UserError {
        for (Map.Entry<String, FlowLogFilter> filter : filters.entrySet()) {
            try {
                filter.getValue().check(format);
            } catch (FlowLogFilter.InvalidFilterException e) {
                throw Filters.invalid(filter.getKey(), source, e);
            }
        }
    }

    /** Empty if the source cannot be read, which is reported when it is to be sent. */
    private static Optional<FlowLogFormat> format(Source source, Supplier<FlowLogReader.Builder> readers) {
        try (FlowLogReader reader = readers.get().open(source.open())) {
            return reader.format();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The target of a run, for the journal: a lake that has some of the records of an object does not have the records
     * that another filter keeps.
     *
     * @param lake the lake, without secrets
     * @return the lake and the options that are not the default
     */
    String target(String lake) {
        StringBuilder target = new StringBuilder(lake);
        if (!kind.equals(Lake.DASSANA.label())) {
            target.append(" --lake ").append(kind);
        }
        if (where != null) {
            target.append(" --where '").append(where).append('\'');
        }
        if (sampleRate > 1) {
            target.append(" --sample-rate ").append(sampleRate);
        }
        if (sampleWhere != null) {
            target.append(" --sample-where '").append(sampleWhere).append('\'');
        }
        return target.toString();
    }
}
