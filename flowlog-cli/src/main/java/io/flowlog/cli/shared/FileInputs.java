package io.flowlog.cli.shared;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/** Files, folders and globs on this machine. */
final class FileInputs {
    private FileInputs() {}

    static Iterator<Source> of(String argument) {
        Path path = Path.of(argument);
        if (Files.isDirectory(path)) {
            return below(argument, argument, path, file -> true);
        }
        int glob = indexOfGlob(argument);
        if (Files.exists(path) || glob < 0) {
            return List.<Source>of(new FileSource(argument, path)).iterator();
        }
        // The folder before the first part with a special character.
        int end = argument.lastIndexOf('/', glob);
        String folder = end < 0 ? "" : argument.substring(0, end + 1);
        try {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + argument.substring(end + 1));
            Path root = Path.of(folder);
            return below(argument, folder, root, file -> matcher.matches(root.relativize(file)));
        } catch (PatternSyntaxException e) {
            return Sources.missing(argument);
        }
    }

    /** Where a glob begins in an argument, or -1. */
    static int indexOfGlob(String argument) {
        for (int i = 0; i < argument.length(); i++) {
            if ("*?[{".indexOf(argument.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** All matching files below a folder, sorted. Links to files are followed, links to folders are not. */
    private static Iterator<Source> below(String argument, String name, Path folder, Predicate<Path> matches) {
        TreeMap<Path, Source> found = new TreeMap<>(Comparator.comparing(Path::toString));
        String shown = name.isEmpty() || name.endsWith("/") ? name : name + "/";
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return !directory.equals(folder) && isHidden(directory)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!isHidden(file) && matches.test(file)) {
                        if (Files.isRegularFile(file)) {
                            found.put(file, new FileSource(shown + folder.relativize(file), file));
                        } else if (!Files.exists(file)) {
                            String reason = "a link to a file that does not exist";
                            found.put(file, new MissingSource(file.toString(), new InputException(file, reason)));
                        }
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    found.put(file, new MissingSource(file.toString(), new InputException(file, Errors.reason(e))));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return List.<Source>of(new MissingSource(argument, e)).iterator();
        }
        if (found.isEmpty()) {
            return List.<Source>of(new MissingSource(argument, new InputException(argument, "no files found")))
                    .iterator();
        }
        return found.values().iterator();
    }

    private static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }
}
