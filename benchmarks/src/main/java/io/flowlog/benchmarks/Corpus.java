package io.flowlog.benchmarks;

import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One flow log in memory, made by {@code flowlog sample}; {@code benchmarks/run} sees to the files. */
@State(Scope.Benchmark)
public class Corpus {
    /** The folder with the files, as a system property. */
    public static final String FOLDER = "flowlog.data";

    /** Which format: the file {@code <format>.log}. */
    @Param({"v2", "v5", "v11"})
    public String format = "v2";

    /** The text. */
    public byte[] text = {};

    /** The text again, gzip -6. */
    public byte[] gzip = {};

    /** Where the text is. */
    public Path file = Path.of("");

    /** What its columns are. */
    public FlowLogFormat columns = FlowLogFormat.DEFAULT;

    /** Reads the files. */
    @Setup(Level.Trial)
    public void read() throws IOException {
        Path folder = Path.of(System.getProperty(FOLDER, "target/data"));
        file = folder.resolve(format + ".log");
        text = Files.readAllBytes(file);
        try (FlowLogReader flows = FlowLogReader.open(file)) {
            columns = flows.format().orElseThrow();
        }
        gzip = Files.readAllBytes(folder.resolve(format + ".log.gz"));
    }

    /** The text as a stream. */
    InputStream stream() {
        return new ByteArrayInputStream(text);
    }
}
