package io.flowlog.cli.local;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.FileSource;
import io.flowlog.cli.shared.LakeAddress;
import io.flowlog.cli.shared.ProgramVersion;
import io.flowlog.cli.shared.Source;
import io.flowlog.cli.shared.Sources;
import io.flowlog.cli.shared.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The whole system on one machine. */
@Command(
        name = "local",
        headerHeading = "Examples:%n"
                + "  flowlog local%n"
                + "  flowlog local my.log.gz other.log%n"
                + "  DASSANA_TOKEN=... flowlog local my.log.gz --lake https://lake.example.com/logs%n"
                + "%n",
        header = "Delivers flow logs through the whole system on this machine: S3, the Lambda function, a log lake.",
        description = {
            "",
            "The program contains the S3 server. The deployable jar runs in a separate JVM under AWS's runtime client. The"
                    + " lake is inside the program too, unless you name your own."
        },
        synopsisHeading = "%nUsage: ",
        parameterListHeading = "%n",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every record was delivered",
            "1:not every record was delivered",
            "2:the command line is invalid",
            "3:delivered, but malformed lines were skipped",
            "4:an input is missing or is not a flow log"
        })
public final class LocalCommand implements Callable<Integer> {
    private static final List<String> SAMPLES =
            List.of("vpc-v2.log.gz", "vpc-v5.log.gz", "vpc-v11.log.gz", "transit-gateway.log.gz");

    @Parameters(
            paramLabel = "FILE",
            description =
                    "flow logs, gzip or plain; files, folders, or quoted globs. Default: the samples of this program")
    private List<String> files = new ArrayList<>();

    @Option(names = "--lake", paramLabel = "URL", description = "send to this lake instead of the one in the program")
    private @Nullable String lake;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "the token for that lake; DASSANA_TOKEN in the environment is safer, because ps does not show it")
    private @Nullable String token;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description =
                    "the time limit of the function for one object, at most 900; default: ${DEFAULT-VALUE}, as deployed")
    private int timeoutSeconds = 120;

    @Option(
            names = "--keep",
            paramLabel = "FOLDER",
            description = {
                "keep the requests that the lake in the program received, unchanged, in this new or empty folder; flowlog"
                        + " query reads them"
            })
    private @Nullable Path keep;

    @Option(names = "--log", description = "show the function's log on standard error")
    private boolean log;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @Override
    public Integer call() throws IOException, InterruptedException, UserError {
        if (timeoutSeconds < 1 || timeoutSeconds > 900) {
            throw new UserError(ExitCode.USAGE, "--timeout must be 1 to 900 seconds, found " + timeoutSeconds);
        }
        if (keep != null) {
            prepare(keep);
        }
        LakeAddress address = lake == null ? null : LakeAddress.parse("--lake", lake);
        String secret = address == null ? null : token();
        if (files.isEmpty()) {
            return run(unpackSamples(), address, secret);
        }
        List<CheckedFile> checked = new ArrayList<>();
        for (String file : files) {
            if (file.equals("-")) {
                throw new UserError(ExitCode.USAGE, "local takes files, not standard input");
            }
        }
        try (Sources sources = new Sources(files)) {
            for (Source source : sources) {
                checked.add(CheckedFile.read(source, err));
            }
        }
        return run(checked, address, secret);
    }

    private void prepare(Path folder) throws UserError {
        if (lake != null) {
            throw new UserError(ExitCode.USAGE, "--keep is for the program's own lake; leave out --lake");
        }
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new UserError(ExitCode.USAGE, "--keep: " + folder + " is not empty");
                }
            }
        } catch (IOException e) {
            throw new UserError(ExitCode.USAGE, "--keep: expected a folder: " + Errors.sentence(e));
        }
    }

    private int run(List<CheckedFile> checked, @Nullable LakeAddress address, @Nullable String secret)
            throws IOException, InterruptedException, UserError {
        LocalRun run = new LocalRun(out, err, Duration.ofSeconds(timeoutSeconds), log);
        if (address == null || secret == null) {
            try (LocalRun.Lake own = LocalRun.Lake.ownOne(keep)) {
                return run.deliver(checked, own);
            }
        }
        address.probe();
        return run.deliver(checked, LocalRun.Lake.ofUser(address, secret));
    }

    private String token() throws UserError {
        String text = token != null ? token : System.getenv("DASSANA_TOKEN");
        if (text == null || text.isBlank()) {
            throw new UserError(
                    ExitCode.USAGE, "--lake needs a token: --token TOKEN, or DASSANA_TOKEN in the environment");
        }
        return text;
    }

    /** The samples as files, for as long as this program runs. */
    private List<CheckedFile> unpackSamples() throws IOException, UserError {
        Path directory = Files.createTempDirectory("flowlog-samples-");
        directory.toFile().deleteOnExit();
        List<CheckedFile> samples = new ArrayList<>();
        for (String name : SAMPLES) {
            Path file = directory.resolve(name);
            try (InputStream in = LocalCommand.class.getResourceAsStream("/samples/" + name)) {
                Files.copy(Objects.requireNonNull(in, name), file);
            }
            file.toFile().deleteOnExit();
            samples.add(CheckedFile.read(new FileSource(name, file), err));
        }
        return samples;
    }
}
