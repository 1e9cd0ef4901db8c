package io.flowlog.query;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.ProgramVersion;
import io.flowlog.cli.shared.Sources;
import io.flowlog.cli.shared.UserError;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a page about flow logs. */
@Command(
        name = "report",
        headerHeading = "Examples:%n"
                + "  flowlog report my.log.gz -o report.html%n"
                + "  flowlog report --open 'logs/**/*.gz'%n"
                + "%n",
        header = "Writes a page about flow logs: who talks to whom, who is rejected, and what it costs.",
        description = {"", "The page is one file that loads nothing from anywhere."},
        synopsisHeading = "%nUsage: ",
        parameterListHeading = "%n",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the page is complete",
            "1:an input is damaged, or memory or space ran out",
            "2:the command line is invalid",
            "3:malformed lines were skipped",
            "4:an input is missing or is not a flow log"
        })
final class ReportCommand implements Callable<Integer> {
    private final PrintStream err = System.err;

    @Parameters(
            paramLabel = "INPUT",
            description = "flow logs, JSON lines of the lake, Parquet: files, folders, globs in quotes,"
                    + " s3://bucket/prefix; - or nothing is standard input")
    private List<String> inputs = List.of(Sources.STANDARD_INPUT);

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where to write. Default: ${DEFAULT-VALUE}",
            defaultValue = "report.html")
    private Path output = Path.of("report.html");

    @Option(names = "--open", description = "open the page in the browser")
    private boolean open;

    @Option(
            names = "--nat-price",
            paramLabel = "USD",
            defaultValue = "0.045",
            description =
                    "a NAT gateway's price for processing a GB. Default: ${DEFAULT-VALUE}, us-east-1 on 2026-09-20")
    private double natPrice = 0.045;

    @Option(
            names = "--zone-price",
            paramLabel = "USD",
            defaultValue = "0.02",
            description = "the price of a GB between zones, both directions together. Default: ${DEFAULT-VALUE},"
                    + " $$0.01 in each direction as in us-east-1")
    private double zonePrice = 0.02;

    @Mixin
    private InputOptions options = new InputOptions();

    @Override
    public Integer call() throws IOException, UserError {
        if (!(natPrice >= 0 && zonePrice >= 0)) {
            throw new UserError(ExitCode.USAGE, "--nat-price and --zone-price must be 0 or more");
        }
        try {
            return options.run(inputs, line -> Errors.print(err, line), (database, found) -> {
                String page;
                try {
                    page = new ReportPage(new ReportData(database, found, natPrice, zonePrice).read()).html();
                } finally {
                    database.finish();
                }
                PageFile.write(output, page);
                Errors.print(err, "wrote " + output);
                if (open && !Browser.ofThisSystem().open(output)) {
                    Errors.print(err, "there is no browser here; open " + output + " in one");
                }
                return database.malformed() == 0 ? ExitCode.OK : ExitCode.MALFORMED;
            });
        } catch (QueryException e) {
            Errors.print(err, String.valueOf(e.getMessage()));
            return QueryExit.of(e.reason());
        }
    }
}
