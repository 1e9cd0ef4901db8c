package io.flowlog.cli.shared;

import java.io.Closeable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a command. An argument is a file, a folder (all files below it except hidden ones, in the order of
 * their names), a glob such as {@code 'logs/**}{@code /*.gz'}, {@code s3://bucket/prefix} with or without a glob, or
 * {@code -} for standard input.
 *
 * <p>An input that cannot be found or listed becomes a {@link MissingSource}, so that a command reports it in the order of the
 * inputs and continues. S3 is listed one page at a time during the iteration. The AWS SDK is loaded only if an argument begins with
 * {@code s3://}. Not safe for use by several threads, but the sources are. Close it after the last source.
 */
public final class Sources implements Iterable<Source>, Closeable {
    /** The argument for standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final String S3 = "s3://";

    private final List<String> arguments;
    private final @Nullable Instant since;
    private final @Nullable Instant until;
    private final boolean literal;
    private @Nullable S3Inputs s3;

    /**
     * All sources of some arguments.
     *
     * @param arguments what the user wrote, in order
     */
    public Sources(List<String> arguments) {
        this(arguments, null, null, false);
    }

    /**
     * The sources of a period.
     *
     * @param arguments what the user wrote, in order
     * @param since skips sources whose {@linkplain Source#time() time} is earlier; null for no limit
     * @param until skips sources whose time is this or later; null for no limit
     */
    public Sources(List<String> arguments, @Nullable Instant since, @Nullable Instant until) {
        this(arguments, since, until, false);
    }

    private Sources(List<String> arguments, @Nullable Instant since, @Nullable Instant until, boolean literal) {
        this.arguments = List.copyOf(arguments);
        this.since = since;
        this.until = until;
        this.literal = literal;
    }

    /**
     * The sources of a list of {@linkplain Source#name() names}, in which no character is special.
     *
     * @param names files, and objects as {@code s3://bucket/key}
     */
    public static Sources named(List<String> names) {
        return new Sources(names, null, null, true);
    }

    @Override
    public Iterator<Source> iterator() {
        return new Iterator<>() {
            private final Iterator<String> rest = arguments.iterator();
            private Iterator<Source> current = Collections.emptyIterator();
            private @Nullable Source next;

            @Override
            public boolean hasNext() {
                while (next == null) {
                    if (current.hasNext()) {
                        Source candidate = current.next();
                        next = isInTime(candidate) ? candidate : null;
                    } else if (rest.hasNext()) {
                        current = expand(rest.next());
                    } else {
                        return false;
                    }
                }
                return true;
            }

            @Override
            public Source next() {
                if (!hasNext() || next == null) {
                    throw new NoSuchElementException();
                }
                Source found = next;
                next = null;
                return found;
            }
        };
    }

    private boolean isInTime(Source source) {
        if (since == null && until == null) {
            return true;
        }
        Instant time = source.time().orElse(null);
        return time == null || (since == null || !time.isBefore(since)) && (until == null || time.isBefore(until));
    }

    private Iterator<Source> expand(String argument) {
        if (argument.equals(STANDARD_INPUT)) {
            return List.<Source>of(new StandardInput()).iterator();
        }
        if (argument.startsWith(S3)) {
            if (s3 == null) {
                s3 = new S3Inputs();
            }
            return s3.list(argument, literal);
        }
        try {
            if (literal) {
                return List.<Source>of(new FileSource(argument, Path.of(argument)))
                        .iterator();
            }
            return argument.isEmpty() ? missing("''") : FileInputs.of(argument);
        } catch (InvalidPathException e) {
            return missing(argument);
        }
    }

    static Iterator<Source> missing(String name) {
        return List.<Source>of(new MissingSource(name, new InputException(name, "no such file")))
                .iterator();
    }

    /** Closes the S3 client, if there is one. */
    @Override
    public void close() {
        if (s3 != null) {
            s3.close();
        }
    }
}
