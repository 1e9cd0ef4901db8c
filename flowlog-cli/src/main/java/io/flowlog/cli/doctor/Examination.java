package io.flowlog.cli.doctor;

import io.flowlog.cli.shared.CountedInput;
import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.Sizes;
import io.flowlog.cli.shared.Source;
import io.flowlog.lambda.ObjectProblem;
import io.flowlog.parser.CorruptGzipException;
import io.flowlog.parser.CorruptParquetException;
import io.flowlog.parser.FlowLogCounts;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.NotAFlowLogException;
import io.flowlog.parser.RandomAccessInput;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads one input once, from its beginning to its end. */
final class Examination {
    private final Source source;
    private final Findings findings = new Findings();
    private int status = ExitCode.OK;

    private Examination(Source source) {
        this.source = source;
    }

    /**
     * What was found.
     *
     * @param status the exit status for this input
     */
    record Result(Findings findings, int status) {}

    /** A Parquet file from its first byte, of which some have been read. */
    private static final class WholeParquet extends FilterInputStream implements RandomAccessInput {
        private final RandomAccessInput file;

        WholeParquet(InputStream in, RandomAccessInput file) {
            super(in);
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void readFully(long position, ByteBuffer target) throws IOException {
            file.readFully(position, target);
        }
    }

    /**
     * Examines an input.
     *
     * @throws IOException if it cannot be opened or read; damaged data are a finding
     */
    static Result of(Source source) throws IOException {
        Examination examination = new Examination(source);
        try (InputStream opened = source.open()) {
            examination.examine(opened);
        }
        return new Result(examination.findings, examination.status);
    }

    private void examine(InputStream opened) throws IOException {
        InputStream counted = CountedInput.of(opened, count -> findings.storedBytes += count);
        byte[] first = counted.readNBytes(Beginning.BYTES);
        Beginning beginning = Beginning.of(first);
        PushbackInputStream again = new PushbackInputStream(counted, Math.max(1, first.length));
        again.unread(first);
        RandomAccessInput parquet = beginning.isParquet() && opened instanceof RandomAccessInput file ? file : null;
        InputStream whole = parquet == null ? again : new WholeParquet(again, parquet);
        findings.compression = beginning.isGzip() ? "gzip" : parquet == null ? "" : "Parquet";
        if (beginning.isJson()) {
            readJson(beginning, whole);
        } else {
            readFlowLog(beginning, whole);
        }
        if (first.length == 0) {
            findings.kind = "an empty file";
            findings.nothing = ObjectProblem.EMPTY_OBJECT;
        }
        if (ObjectProblem.isMarker(source.name())) {
            findings.nothing = ObjectProblem.MARKER;
        }
        if (parquet == null) {
            // The size, if the reader did not read to the end.
            counted.transferTo(OutputStream.nullOutputStream());
        } else {
            findings.storedBytes = parquet.size();
        }
        if (!beginning.isGzip() && parquet == null && findings.isFlowLog()) {
            findings.compressibility = compressibility(first);
        }
    }

    private void readFlowLog(Beginning beginning, InputStream whole) throws IOException {
        FlowLogReader reader = FlowLogReader.builder()
                .name(source.name())
                .onMalformed(findings::malformed)
                .open(whole);
        IOException failure = null;
        try {
            while (reader.advance()) {
                findings.record(reader.row());
            }
            reader.format().ifPresent(findings::format);
            findings.problem = ObjectProblem.of(reader.counts()).orElse(null);
        } catch (IOException e) {
            findings.problem = ObjectProblem.of(e);
            if (findings.problem == null) {
                throw e;
            }
            failure = e;
            status = Errors.exitCode(e);
        }
        if (failure instanceof CorruptGzipException && !findings.isFlowLog()) {
            readFormat(beginning);
        }
        FlowLogCounts counts = reader.counts();
        findings.malformed = counts.malformed();
        findings.textBytes = counts.bytes();
        status = counts.malformed() > 0 ? ExitCode.worse(status, ExitCode.MALFORMED) : status;
        findings.kind = kind(beginning, failure) + container(beginning, reader.gzipMembers(), failure);
    }

    private String kind(Beginning beginning, @Nullable IOException failure) {
        if (findings.isFlowLog()) {
            String log = Findings.log(findings.columns());
            return findings.records + findings.malformed == 0 && failure == null ? log + " without records" : log;
        }
        return failure instanceof CorruptGzipException ? "no readable header" : beginning.description();
    }

    /** The columns of a damaged file, if its beginning has them. */
    private void readFormat(Beginning beginning) throws IOException {
        try (FlowLogReader reader = FlowLogReader.open(new ByteArrayInputStream(beginning.text()))) {
            reader.format().ifPresent(findings::format);
        } catch (NotAFlowLogException e) {
            findings.formats.clear();
        }
    }

    private static String container(Beginning beginning, long members, @Nullable IOException failure) {
        if (beginning.isParquet()) {
            return failure == null ? ", Parquet" : failure instanceof CorruptParquetException ? ", damaged" : "";
        }
        if (!beginning.isGzip()) {
            return "";
        }
        if (failure instanceof CorruptGzipException damaged) {
            return damaged.member() == 1
                    ? ", damaged gzip"
                    : ", gzip, damaged after " + Sizes.count(damaged.member() - 1, "complete member");
        }
        return members > 1 ? ", gzip of " + members + " members" : ", gzip";
    }

    /** The parser judges by the first line, which has to be a header. */
    private void readJson(Beginning beginning, InputStream whole) throws IOException {
        try (FlowLogReader reader = FlowLogReader.open(new ByteArrayInputStream(beginning.text()))) {
            reader.format();
        } catch (NotAFlowLogException e) {
            findings.problem = ObjectProblem.of(e);
            status = Errors.exitCode(e);
        }
        JsonSurvey survey = new JsonSurvey();
        String damage = "";
        try {
            survey.read(beginning.isGzip() ? new GZIPInputStream(whole, Beginning.BYTES) : whole);
        } catch (ZipException | EOFException e) {
            damage = ", damaged";
        }
        findings.kind = survey.description() + (beginning.isGzip() ? ", gzip" : "") + damage;
    }

    private static double compressibility(byte[] text) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(text);
            deflater.finish();
            byte[] target = new byte[Beginning.BYTES];
            while (!deflater.finished()) {
                deflater.deflate(target);
            }
            return (double) text.length / Math.max(1, deflater.getBytesWritten());
        } finally {
            deflater.end();
        }
    }
}
