package io.flowlog.cli.sample;

import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.ProgramVersion;
import io.flowlog.cli.shared.StandardOutput;
import io.flowlog.cli.shared.UserError;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sample.SampleGenerator;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Makes flow logs to try things with. */
@Command(
        name = "sample",
        headerHeading = "Examples:%n"
                + "  flowlog sample --format v5 --records 100000 -o flows.log.gz%n"
                + "  flowlog sample --format v11 --bytes 200M >flows.log%n"
                + "%n",
        header = "Generates a realistic flow log. The same seed, format and size give the same text.",
        synopsisHeading = "%nUsage: ",
        parameterListHeading = "%n",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:everything was written", "1:the output could not be written", "2:the command line is invalid"
        })
public final class SampleCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long DEFAULT_RECORDS = 1000;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            defaultValue = "v2",
            description =
                    "v2 (default, 14 fields), v5 (29 fields), v11 (54 fields), or tgw (transit gateway, 36 fields)")
    private SampleFormat format = SampleFormat.V2;

    @ArgGroup
    private @Nullable Size size;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "a different number gives a different network and other traffic; default: ${DEFAULT-VALUE}")
    private long seed = SampleGenerator.DEFAULT_SEED;

    @Option(names = "--gzip", description = "compress the output, as AWS does; also if FILE ends in .gz")
    private boolean gzip;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "the output file; default: standard output")
    private @Nullable Path output;

    private static final class Size {
        @Option(
                names = "--records",
                paramLabel = "N",
                description = "the number of records; default: " + DEFAULT_RECORDS)
        private @Nullable Long records;

        @Option(
                names = "--bytes",
                paramLabel = "SIZE",
                converter = BytesConverter.class,
                description = "the bytes of text instead, such as 200M (K, M and G are powers of 1024)")
        private @Nullable Long bytes;
    }

    @Override
    public Integer call() throws IOException, UserError {
        Path file = output;
        if (size != null && size.records != null && size.records < 0) {
            throw new UserError(ExitCode.USAGE, "--records must be 0 or more, found " + size.records);
        }
        boolean compress = gzip || (file != null && file.toString().endsWith(".gz"));
        if (file == null) {
            write(new StandardOutput(), compress);
        } else {
            SampleOutput.write(file, out -> write(out, compress));
        }
        return ExitCode.OK;
    }

    private void write(OutputStream out, boolean compress) throws IOException {
        if (compress) {
            GZIPOutputStream zip = new GZIPOutputStream(out, BUFFER_BYTES);
            write(new Unflushed(zip));
            zip.finish();
        } else {
            write(out);
        }
    }

    private void write(OutputStream out) throws IOException {
        SampleGenerator generator = new SampleGenerator(format, seed);
        Long bytes = size == null ? null : size.bytes;
        Long records = size == null ? null : size.records;
        if (bytes != null) {
            generator.writeBytes(out, bytes);
        } else {
            generator.writeRecords(out, records == null ? DEFAULT_RECORDS : records);
        }
    }

    /** Passes whole blocks through; a flush in the middle would cost compression. */
    private static final class Unflushed extends FilterOutputStream {
        Unflushed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() {}
    }

    static final class FormatConverter implements ITypeConverter<SampleFormat> {
        @Override
        public SampleFormat convert(String value) {
            try {
                return SampleFormat.valueOf(value.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("expected v2, v5, v11 or tgw but was '" + value + "'");
            }
        }
    }

    static final class BytesConverter implements ITypeConverter<Long> {
        private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([KMG]?)B?", Pattern.CASE_INSENSITIVE);

        @Override
        public Long convert(String value) {
            Matcher size = SIZE.matcher(value);
            if (!size.matches()) {
                throw new TypeConversionException("expected a size such as 500K, 200M or 1G but was '" + value + "'");
            }
            int shift = switch (size.group(2).toUpperCase(Locale.ROOT)) {
                case "K" -> 10;
                case "M" -> 20;
                case "G" -> 30;
                default -> 0;
            };
            return Long.parseLong(size.group(1)) << shift;
        }
    }
}
