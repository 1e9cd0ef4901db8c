package io.flowlog.sink.http;

import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.simple.SimpleServiceProvider;
import org.slf4j.spi.MDCAdapter;

/** slf4j-simple with a logging context, which it lacks. Named by the system property {@code slf4j.provider}. */
public final class ContextLogging extends SimpleServiceProvider {
    private final MDCAdapter context = new BasicMDCAdapter();

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }
}
