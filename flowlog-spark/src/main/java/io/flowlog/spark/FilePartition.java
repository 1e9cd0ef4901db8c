package io.flowlog.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * The files that one task reads, each as a whole: a gzip file cannot be split.
 *
 * @param files one file or more
 */
record FilePartition(List<LogFile> files) implements InputPartition {
    private static final long serialVersionUID = 1L;

    /**
     * Packs files as Spark's own sources do: large files first, and the next partition begins if a file does not fit.
     *
     * @param maxBytes the size at which a partition is full; a larger file has a partition of its own
     * @param openCost the bytes that could be read in the time that it takes to open a file
     */
    static FilePartition[] pack(List<LogFile> files, long maxBytes, long openCost) {
        List<LogFile> bySize = new ArrayList<>(files);
        bySize.sort(Comparator.comparingLong(LogFile::length).reversed());
        List<FilePartition> partitions = new ArrayList<>();
        List<LogFile> current = new ArrayList<>();
        long size = 0;
        for (LogFile file : bySize) {
            if (!current.isEmpty() && size + file.length() > maxBytes) {
                partitions.add(new FilePartition(List.copyOf(current)));
                current.clear();
                size = 0;
            }
            current.add(file);
            size += file.length() + openCost;
        }
        if (!current.isEmpty()) {
            partitions.add(new FilePartition(List.copyOf(current)));
        }
        return partitions.toArray(FilePartition[]::new);
    }

    /** The size of a partition: all cores have work, and no partition is larger than the limit or too small to be worth it. */
    static long maxBytes(List<LogFile> files, long limit, long openCost, int cores) {
        long total = files.stream().mapToLong(file -> file.length() + openCost).sum();
        return Math.min(limit, Math.max(openCost, total / Math.max(1, cores)));
    }
}
