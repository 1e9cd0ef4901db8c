package io.flowlog.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A database over files, and what it said beside its answers. */
final class Databases implements AutoCloseable {
    final List<String> said = new ArrayList<>();
    final FlowDatabase database;
    private final Path temporary;

    private Databases(List<FlowInput> inputs, int threads, long memory) throws QueryException, IOException {
        temporary = Files.createTempDirectory("flowlog-query-test-");
        database = new FlowDatabase(inputs, new FlowDatabase.Limits(threads, memory, temporary), line -> {
            synchronized (said) {
                said.add(line);
            }
        });
    }

    static Databases over(Path... files) throws QueryException, IOException {
        return over(Stream.of(files).map(FlowInput::of).toList());
    }

    static Databases over(List<FlowInput> inputs) throws QueryException, IOException {
        return new Databases(inputs, 2, 256L << 20);
    }

    static Databases withMemory(long bytes, Path file) throws QueryException, IOException {
        return new Databases(List.of(FlowInput.of(file)), 1, bytes);
    }

    static Databases onOneThread(Path file) throws QueryException, IOException {
        return new Databases(List.of(FlowInput.of(file)), 1, 1L << 30);
    }

    Rowset sql(String sql) throws QueryException, IOException {
        Rowset rows = new Rowset();
        database.run(sql, rows);
        return rows;
    }

    Rowset answer(String name) throws QueryException, IOException {
        Rowset rows = new Rowset();
        database.run(NamedQuery.of(name).orElseThrow(), 0, rows);
        return rows;
    }

    @Override
    public void close() throws IOException {
        database.close();
        try (Stream<Path> left = Files.walk(temporary)) {
            left.sorted(java.util.Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
