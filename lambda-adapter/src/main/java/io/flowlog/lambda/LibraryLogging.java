package io.flowlog.lambda;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Lets what the libraries log (our sink's warnings, the AWS SDK's) come out as the same JSON lines: warnings and errors of
 * all, information of our own. Only the deployable jar registers it, so that a program that has this module on its class
 * path keeps its own binding. SLF4J makes it by its public constructor.
 */
public final class LibraryLogging implements SLF4JServiceProvider, ILoggerFactory {
    private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter mdc = new NOPMDCAdapter();
    private final Log log = Log.standard();

    /** For SLF4J. */
    public LibraryLogging() {}

    @Override
    public Logger getLogger(String name) {
        return loggers.computeIfAbsent(name, n -> new LineLogger(log, n));
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return this;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // nothing to prepare
    }

    /** A library's logger. */
    static final class LineLogger extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;

        private final transient Log log;

        LineLogger(Log log, String name) {
            this.log = log;
            this.name = name;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            Log.Level ours =
                    level == Level.ERROR ? Log.Level.ERROR : level == Level.WARN ? Log.Level.WARN : Log.Level.INFO;
            log.line(ours, MessageFormatter.basicArrayFormat(pattern, arguments))
                    .with("logger", getName())
                    .with("error", thrown == null ? null : thrown.getClass().getName())
                    .write();
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return getName().startsWith("io.flowlog");
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
