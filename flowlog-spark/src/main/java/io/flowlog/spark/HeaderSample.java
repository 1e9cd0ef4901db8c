package io.flowlog.spark;

import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.NotAFlowLogException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;

/**
 * The columns of many files by the headers of some of them. All files of one flow log have the same columns, so one file of
 * each flow log is taken first, and then files at even distances.
 */
final class HeaderSample {
    private static final int THREADS = 8;

    private HeaderSample() {}

    /** The names in the headers of the sample, each once. */
    static List<String> columns(List<LogFile> files, ReadOptions options, Configuration conf) throws IOException {
        List<Callable<List<String>>> reads = new ArrayList<>();
        for (LogFile file : choose(files, options.sampleFiles())) {
            reads.add(() -> header(file, options, conf));
        }
        Set<String> columns = new LinkedHashSet<>();
        // Not the common pool: its threads have another class loader than Spark's.
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(THREADS, reads.size())));
        try {
            for (Future<List<String>> read : pool.invokeAll(reads)) {
                columns.addAll(read.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("flowlog: interrupted while reading headers", e);
        } finally {
            pool.shutdownNow();
        }
        return List.copyOf(columns);
    }

    /** At most this many files, in their order. */
    static List<LogFile> choose(List<LogFile> files, int most) {
        if (files.size() <= most) {
            return files;
        }
        Map<String, LogFile> byFlowLog = new LinkedHashMap<>();
        for (LogFile file : files) {
            FileKey.of(file).ifPresent(key -> byFlowLog.putIfAbsent(key.flowLogId(), file));
        }
        Set<LogFile> chosen = new LinkedHashSet<>(evenly(List.copyOf(byFlowLog.values()), most));
        for (LogFile file : evenly(files, most)) {
            if (chosen.size() < most) {
                chosen.add(file);
            }
        }
        return List.copyOf(chosen);
    }

    private static Collection<LogFile> evenly(List<LogFile> files, int most) {
        if (files.size() <= most) {
            return files;
        }
        List<LogFile> some = new ArrayList<>(most);
        for (int i = 0; i < most; i++) {
            some.add(files.get((int) ((long) i * (files.size() - 1) / Math.max(1, most - 1))));
        }
        return some;
    }

    private static List<String> header(LogFile file, ReadOptions options, Configuration conf) throws IOException {
        try (FlowLogReader reader = FlowLogReader.builder().name(file.path()).open(LogFileInput.open(file, conf))) {
            return reader.format().map(FlowLogFormat::columns).orElse(List.of());
        } catch (FileNotFoundException e) {
            if (options.ignoreMissingFiles()) {
                return List.of();
            }
            throw e;
        } catch (IOException e) {
            if (options.ignoreCorruptFiles()) {
                return List.of();
            }
            throw e instanceof NotAFlowLogException not ? LogFileInput.explained(file, not) : e;
        }
    }
}
