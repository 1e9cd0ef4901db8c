package io.flowlog.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilePartitionTest {
    private static List<LogFile> files(long... lengths) {
        List<LogFile> files = new ArrayList<>();
        for (long length : lengths) {
            files.add(new LogFile("f" + files.size(), length));
        }
        return files;
    }

    private static List<List<Long>> pack(List<LogFile> files, long maxBytes, long openCost) {
        return Arrays.stream(FilePartition.pack(files, maxBytes, openCost))
                .map(partition ->
                        partition.files().stream().map(LogFile::length).toList())
                .toList();
    }

    @Test
    void packsSmallFilesTogetherAndNeverSplitsAFile() {
        assertThat(pack(files(10, 300, 20, 60, 5), 100, 0)).containsExactly(List.of(300L), List.of(60L, 20L, 10L, 5L));
        assertThat(pack(files(10, 10, 10), 100, 50)).containsExactly(List.of(10L, 10L), List.of(10L));
        assertThat(pack(files(), 100, 50)).isEmpty();
    }

    @Test
    void aPartitionIsAsLargeAsGivesEveryCoreWork() {
        assertThat(FilePartition.maxBytes(files(400, 400), 1000, 10, 4)).isEqualTo(205);
        assertThat(FilePartition.maxBytes(files(40_000), 1000, 10, 4)).isEqualTo(1000);
        assertThat(FilePartition.maxBytes(files(4), 1000, 10, 4)).isEqualTo(10);
    }

    @Test
    void aMillionSmallFilesBecomeFewPartitions() {
        List<LogFile> files = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) {
            files.add(new LogFile("f", 50_000));
        }
        long mebibyte = 1 << 20;
        long maxBytes = FilePartition.maxBytes(files, 128 * mebibyte, 4 * mebibyte, 100);
        assertThat(FilePartition.pack(files, maxBytes, 4 * mebibyte)).hasSizeBetween(30_000, 35_000);
    }
}
