package io.flowlog.cli.ship;

import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.Filters;
import io.flowlog.cli.shared.UserError;
import io.flowlog.sink.http.HttpSink;
import io.flowlog.sink.http.Lake;
import java.util.Arrays;
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
            sink.filter(Filters.parse("--where", where));
        }
        if (sampleRate < 1) {
            throw new UserError(ExitCode.USAGE, "--sample-rate must be 1 or more, found " + sampleRate);
        }
        if (sampleWhere == null) {
            sink.sample(sampleRate);
        } else if (sampleRate == 1) {
            throw new UserError(ExitCode.USAGE, "--sample-where has no effect without --sample-rate");
        } else {
            sink.sample(sampleRate, Filters.parse("--sample-where", sampleWhere));
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
