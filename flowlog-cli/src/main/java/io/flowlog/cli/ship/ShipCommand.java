package io.flowlog.cli.ship;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.Interrupts;
import io.flowlog.cli.shared.LakeAddress;
import io.flowlog.cli.shared.ProgramVersion;
import io.flowlog.cli.shared.Progress;
import io.flowlog.cli.shared.Source;
import io.flowlog.cli.shared.Sources;
import io.flowlog.cli.shared.Terminal;
import io.flowlog.cli.shared.UserError;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.sink.http.HttpSink;
import io.flowlog.sink.http.InvalidSettingException;
import io.flowlog.sink.http.Lake;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends flow logs from files and from S3 to a log lake. */
@Command(
        name = "ship",
        headerHeading = "Examples:%n"
                + "  FLOWLOG_TOKEN=... flowlog ship s3://bucket/AWSLogs/ --to https://lake.example.com/logs%n"
                + "  flowlog ship --dry-run --since 2026-03-01 s3://bucket/AWSLogs/ --to https://lake.example.com/logs%n"
                + "  flowlog ship --token-file token.txt 'logs/**/*.log.gz' --to https://lake.example.com/logs%n"
                + "%n",
        header = "Sends flow logs from files and from S3 to a log lake.",
        description = {
            "",
            "The records get the same ids as from the Lambda function. A journal lists what was delivered. If you start"
                    + " ship again, it continues where it stopped. Ctrl-C finishes the objects in progress; a second"
                    + " Ctrl-C stops at once."
        },
        synopsisHeading = "%nUsage: ",
        parameterListHeading = "%n",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every object is delivered",
            "1:something was not delivered",
            "2:the command line is invalid",
            "3:delivered, but malformed lines were skipped, or the lake rejected records",
            "4:an input is missing or is not a flow log; all others are delivered",
            "130:stopped by Ctrl-C"
        })
public final class ShipCommand implements Callable<Integer> {
    private static final int MEBIBYTE = 1 << 20;
    private static final int MOST_JOBS = 32;

    @Parameters(
            paramLabel = "INPUT",
            description = "files, folders, quoted globs, s3://bucket/prefix; - means standard input")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "URL",
            required = true,
            description = "the endpoint of the lake: https, or http on this machine")
    private String to = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "a file with the token of the lake; it is read again if the lake rejects the token. Default: the"
                            + " environment variable FLOWLOG_TOKEN")
    private @Nullable Path tokenFile;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "a file with one input per line, as --failed writes it")
    private @Nullable Path from;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "only objects of this time or later, such as 2026-03-01 or 2026-03-01T12:00Z: the time in the"
                    + " key, otherwise that of the object")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "only objects before this time")
    private @Nullable Instant until;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description =
                    "how many objects are sent at the same time, 1 to 32; default: the number of cores. Raise it for"
                            + " many small objects in a distant bucket")
    private int jobs = Math.min(MOST_JOBS, Runtime.getRuntime().availableProcessors());

    @Option(names = "--batch-size", paramLabel = "MIB", description = "MiB of JSON in a request; default: 5")
    private int batchSize = (int) (HttpSink.DEFAULT_MAX_BATCH_BYTES / MEBIBYTE);

    @Mixin
    private LakeOptions lakeOptions = new LakeOptions();

    @Option(
            names = "--record-id-field",
            paramLabel = "NAME",
            description = "write the id of each record into this JSON field")
    private String recordIdField = "";

    @Option(
            names = "--app-id",
            paramLabel = "ID",
            description = "the value of the app id header; default: ${DEFAULT-VALUE}",
            defaultValue = "aws_vpc_flow")
    private String appId = "aws_vpc_flow";

    @Option(
            names = "--format",
            paramLabel = "COLUMNS",
            description =
                    "the columns of inputs without a header: 'default', or the names as in the flow log's settings")
    private @Nullable String format;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description =
                    "the list of delivered objects; default: one file for each lake in $$XDG_STATE_HOME/flowlog or"
                            + " ~/.local/state/flowlog")
    private @Nullable Path journalFile;

    @Option(names = "--again", description = "delete the journal, and send everything again")
    private boolean again;

    @Option(
            names = "--failed",
            paramLabel = "FILE",
            description = "write the names of objects that failed to this file")
    private @Nullable Path failedFile;

    @Option(names = "--dry-run", description = "list what would be sent, and send nothing")
    private boolean dryRun;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Terminal terminal = Terminal.current();

    @Override
    public Integer call() throws IOException, InterruptedException, UserError {
        if (jobs < 1 || jobs > MOST_JOBS) {
            throw new UserError(ExitCode.USAGE, "--jobs must be 1 to " + MOST_JOBS + ", found " + jobs);
        }
        LakeAddress lake = LakeAddress.parse("--to", to);
        Supplier<FlowLogReader.Builder> readers = readers();
        Path path = journalFile != null ? journalFile : StateFolder.journalOf(lake.uri());
        String target = lakeOptions.target(LakeAddress.shown(lake.uri()));
        Messages messages = new Messages(err);
        try (Sources sources = sources()) {
            if (dryRun) {
                lakeOptions.apply(HttpSink.builder(lake.uri()), () -> "", appId);
                lakeOptions.checkFields(sources, readers);
                return DryRun.list(sources, path, target, again, out);
            }
            try (HttpSink sink = sink(lake, messages)) {
                lakeOptions.checkFields(sources, readers);
                try (Journal journal = Journal.open(path, target, again)) {
                    return ship(sources, sink, readers, journal, messages);
                }
            }
        }
    }

    private Sources sources() throws IOException, UserError {
        if (from != null) {
            if (!inputs.isEmpty()) {
                throw new UserError(ExitCode.USAGE, "--from and inputs cannot be given together");
            }
            return Sources.named(Files.readAllLines(from).stream()
                    .filter(line -> !line.isBlank())
                    .toList());
        }
        if (inputs.isEmpty()) {
            throw new UserError(
                    ExitCode.USAGE,
                    "an input is required: a file, a folder, s3://bucket/prefix, or - for" + " standard input");
        }
        return new Sources(inputs, since, until);
    }

    private Supplier<FlowLogReader.Builder> readers() throws UserError {
        if (format == null) {
            return FlowLogReader::builder;
        }
        try {
            FlowLogFormat columns = format.equals("default") ? FlowLogFormat.DEFAULT : FlowLogFormat.parse(format);
            return () -> FlowLogReader.builder().format(columns);
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, "--format: " + e.getMessage());
        }
    }

    private HttpSink sink(LakeAddress lake, Messages messages) throws UserError {
        Token token = Token.of(tokenFile);
        try {
            HttpSink.Builder builder = HttpSink.builder(lake.uri())
                    .allowHttpLoopback(true)
                    .maxBatchBytes((long) batchSize * MEBIBYTE)
                    .maxInFlight(Math.min(HttpSink.HIGHEST_MAX_IN_FLIGHT, Math.max(4, 2 * jobs)))
                    .recordIdField(recordIdField)
                    .listener(new RejectedRecords(messages));
            lakeOptions.apply(builder, token, appId);
            return builder.build();
        } catch (InvalidSettingException e) {
            throw new UserError(
                    ExitCode.USAGE,
                    switch (e.setting()) {
                        case ENDPOINT, ALLOW_HTTP_LOOPBACK -> "--to " + e.problem();
                        case MAX_BATCH_BYTES ->
                            "--batch-size must be 1 to " + HttpSink.HIGHEST_MAX_BATCH_BYTES / MEBIBYTE + ", found "
                                    + batchSize;
                        case RECORD_ID_FIELD -> "--record-id-field " + e.problem();
                        case HEADER_VALUE -> "--app-id " + e.problem();
                        default -> String.valueOf(e.getMessage());
                    });
        }
    }

    private int ship(
            Iterable<Source> sources,
            HttpSink sink,
            Supplier<FlowLogReader.Builder> readers,
            Journal journal,
            Messages messages)
            throws IOException, InterruptedException, UserError {
        Shipment shipment = new Shipment(
                sink, readers, journal, messages, Duration.ofMinutes(HttpSink.DEFAULT_TIMEOUT_MINUTES), jobs);
        ShipReport report = new ShipReport(shipment);
        try (Progress progress = new Progress(err, terminal, report::progress)) {
            messages.through(progress);
            Interrupts.onFirst(() -> {
                shipment.interrupt();
                progress.print("stopping after the objects in progress; Ctrl-C again ends at once");
            });
            shipment.run(sources);
        }
        Tally.Snapshot end = shipment.tally().snapshot();
        if (end.delivered() > 0) {
            journal.add(new Journal.Rate(end.doneBytes(), report.seconds()));
        }
        String reason = shipment.stopReason();
        if (reason != null) {
            Errors.print(err, "stopped: " + reason);
        }
        report.summary(out, terminal.outColumns(), lakeOptions.lake());
        if (failedFile != null) {
            report.writeFailed(failedFile);
        }
        boolean incomplete = end.malformed() > 0 || lakeOptions.lake() == Lake.ELASTICSEARCH && end.rejected() > 0;
        return status(shipment, end, incomplete);
    }

    private static int status(Shipment shipment, Tally.Snapshot end, boolean incomplete) {
        if (shipment.isInterrupted() && (end.left() > 0 || !end.listingDone())) {
            return ExitCode.INTERRUPTED;
        }
        int status = incomplete ? ExitCode.MALFORMED : ExitCode.OK;
        for (Tally.Failure failure : shipment.tally().failedListings()) {
            status = ExitCode.worse(status, failure.exitCode());
        }
        for (Tally.Failure failure : shipment.tally().failures()) {
            status = ExitCode.worse(status, failure.exitCode());
        }
        return end.left() > 0 || shipment.stopReason() != null ? ExitCode.NOT_DELIVERED : status;
    }
}
