package io.flowlog.spark;

import io.flowlog.parser.FlowLogFilter;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.MalformedLine;
import io.flowlog.parser.NotAFlowLogException;
import io.flowlog.spark.ReadOptions.Mode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the files of one partition, one after the other. */
final class FlowLogPartitionReader implements PartitionReader<ColumnarBatch> {
    private static final Logger LOG = LoggerFactory.getLogger(FlowLogPartitionReader.class);
    /** Malformed lines that a task logs in full. */
    private static final int LOGGED = 10;

    private final ReadOptions options;
    private final Iterator<LogFile> files;
    private final Configuration conf;
    private final LongAccumulator total;
    private final FlowLogReader.Builder builder;
    private final RowBatch batch;
    private @Nullable LogFile file;
    private @Nullable FlowLogReader reader;
    private long malformed;

    FlowLogPartitionReader(ReadPlan plan, List<LogFile> files, Configuration conf, LongAccumulator total) {
        this.options = plan.options();
        this.files = files.iterator();
        this.conf = conf;
        this.total = total;
        this.batch = new RowBatch(plan);
        this.builder = FlowLogReader.builder();
        if (options.format() != null) {
            builder.format(options.format());
        }
        if (plan.filter() != null) {
            builder.filter(FlowLogFilter.parse(plan.filter()));
        }
        if (options.mode() == Mode.DROPMALFORMED) {
            builder.onMalformed(this::count);
        } else if (options.mode() == Mode.PERMISSIVE) {
            builder.onMalformed(line -> {
                count(line);
                throw new MalformedLineFound(line);
            });
        }
    }

    /** Reads the next batch, which has rows of one file. */
    @Override
    public boolean next() throws IOException {
        while (reader != null || files.hasNext()) {
            batch.clear();
            if (!fill()) {
                closeFile();
            }
            if (!batch.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** False at the end of the file, and of what can be read of it. */
    private boolean fill() throws IOException {
        try {
            FlowLogReader open = reader == null ? open(files.next()) : reader;
            while (!batch.isFull()) {
                if (!addRow(open)) {
                    return false;
                }
            }
            return true;
        } catch (FileNotFoundException e) {
            return leaveOut(options.ignoreMissingFiles(), e);
        } catch (NotAFlowLogException e) {
            return leaveOut(
                    options.ignoreCorruptFiles(), LogFileInput.explained(java.util.Objects.requireNonNull(file), e));
        } catch (IOException e) {
            return leaveOut(options.ignoreCorruptFiles(), e);
        }
    }

    private boolean addRow(FlowLogReader open) throws IOException {
        try {
            if (!open.advance()) {
                return false;
            }
        } catch (MalformedLineFound found) {
            batch.addMalformed(found.line.text());
            return true;
        }
        batch.add(open.row());
        return true;
    }

    private boolean leaveOut(boolean ignored, IOException e) throws IOException {
        if (!ignored) {
            throw e;
        }
        LOG.warn("flowlog: the rest of a file was left out: {}", e.getMessage());
        return false;
    }

    private FlowLogReader open(LogFile next) throws IOException {
        file = next;
        batch.use(next);
        FlowLogReader opened = builder.name(next.path()).open(LogFileInput.open(next, conf));
        reader = opened;
        return opened;
    }

    private void count(MalformedLine line) {
        malformed++;
        total.add(1);
        if (malformed <= LOGGED) {
            LOG.warn("flowlog: malformed line: {}", line);
        }
    }

    @Override
    public ColumnarBatch get() {
        return batch.toSpark();
    }

    @Override
    public CustomTaskMetric[] currentMetricsValues() {
        return new CustomTaskMetric[] {new Count(MalformedLines.Metric.METRIC_NAME, malformed)};
    }

    private void closeFile() throws IOException {
        FlowLogReader open = reader;
        reader = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        if (malformed > LOGGED) {
            LOG.warn("flowlog: {} malformed lines in all in this partition", malformed);
        }
        closeFile();
    }

    private record Count(String name, long value) implements CustomTaskMetric {}

    /** Leaves the parser at a malformed line, which becomes a row. The parser goes on after it. Without a stack trace, which is slow. */
    private static final class MalformedLineFound extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient MalformedLine line;

        MalformedLineFound(MalformedLine line) {
            super(null, null, false, false);
            this.line = line;
        }
    }
}
