package io.flowlog.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/**
 * Lists the files of a read: those that a path or a glob names, and all files below a folder. Empty files are left out, and
 * files that Spark's own sources hide: names that begin with a dot, or with an underscore and without an equals sign.
 */
final class LogFiles {
    private static final Pattern GLOB = Pattern.compile("[{}\\[\\]*?\\\\]");

    private final ReadOptions options;
    private final Configuration conf;
    private final PathFilter names;
    private final List<LogFile> files = new ArrayList<>();

    private LogFiles(ReadOptions options, Configuration conf) throws IOException {
        this.options = options;
        this.conf = conf;
        String glob = options.nameGlob();
        this.names = glob == null ? path -> true : new GlobFilter(glob);
    }

    /**
     * Lists the files.
     *
     * @return the files in the order of the paths, and those of each path by their names, so that the order of the columns
     *     does not depend on the file system
     * @throws IOException if a path does not exist and missing files are not ignored, or a folder cannot be listed
     */
    static List<LogFile> list(ReadOptions options, Configuration conf) throws IOException {
        LogFiles listing = new LogFiles(options, conf);
        for (String path : options.paths()) {
            int first = listing.files.size();
            listing.add(new Path(path));
            listing.files.subList(first, listing.files.size()).sort(Comparator.comparing(LogFile::path));
        }
        return List.copyOf(listing.files);
    }

    private void add(Path path) throws IOException {
        FileSystem system = path.getFileSystem(conf);
        Path whole = system.makeQualified(path);
        for (FileStatus found : find(system, whole)) {
            if (found.isFile()) {
                addFile(found);
            } else {
                addFilesBelow(system, found.getPath());
            }
        }
    }

    private FileStatus[] find(FileSystem system, Path path) throws IOException {
        if (!GLOB.matcher(path.toString()).find()) {
            try {
                return new FileStatus[] {system.getFileStatus(path)};
            } catch (FileNotFoundException e) {
                return none(path, e);
            }
        }
        FileStatus[] found = system.globStatus(path, each -> !isHidden(each.getName()));
        return found == null || found.length == 0 ? none(path, null) : found;
    }

    private FileStatus[] none(Path path, @Nullable Exception cause) throws IOException {
        if (options.ignoreMissingFiles()) {
            return new FileStatus[0];
        }
        FileNotFoundException missing = new FileNotFoundException("flowlog: path does not exist: " + path);
        missing.initCause(cause);
        throw missing;
    }

    private void addFilesBelow(FileSystem system, Path folder) throws IOException {
        RemoteIterator<LocatedFileStatus> below = system.listFiles(folder, true);
        while (below.hasNext()) {
            FileStatus file = below.next();
            if (!isHiddenBelow(folder, file.getPath())) {
                addFile(file);
            }
        }
    }

    private static boolean isHiddenBelow(Path folder, Path file) {
        for (Path part = file; part != null && part.depth() > folder.depth(); part = part.getParent()) {
            if (isHidden(part.getName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_") && name.indexOf('=') < 0 || name.endsWith("._COPYING_");
    }

    private void addFile(FileStatus status) {
        LogFile file = new LogFile(status.getPath().toString(), status.getLen());
        if (status.getLen() > 0 && names.accept(status.getPath()) && isInTime(file, status.getModificationTime())) {
            files.add(file);
        }
    }

    /** The time of a file is the one in its name, or else that of its last change. */
    private boolean isInTime(LogFile file, long modified) {
        Instant since = options.since();
        Instant until = options.until();
        if (since == null && until == null) {
            return true;
        }
        Instant time = FileKey.of(file).map(FileKey::time).orElse(Instant.ofEpochMilli(modified));
        return (since == null || !time.isBefore(since)) && (until == null || time.isBefore(until));
    }
}
