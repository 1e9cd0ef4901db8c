package io.flowlog.lambda;

import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.ThreadLocalMapOfStacks;
import org.slf4j.spi.MDCAdapter;

/**
 * The MDC of one thread. Unlike SLF4J's own, a new thread does not inherit it: a thread of a pool would keep the request
 * id of the invocation that started it.
 */
final class ThreadMdc implements MDCAdapter {
    private final ThreadLocal<@Nullable Map<String, String>> values = new ThreadLocal<>();
    private final ThreadLocalMapOfStacks stacks = new ThreadLocalMapOfStacks();

    @Override
    public void put(String key, @Nullable String value) {
        Map<String, String> map = values.get();
        if (map == null) {
            map = new HashMap<>();
            values.set(map);
        }
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    @Override
    public @Nullable String get(String key) {
        Map<String, String> map = values.get();
        return map == null ? null : map.get(key);
    }

    @Override
    public void remove(String key) {
        Map<String, String> map = values.get();
        if (map != null) {
            map.remove(key);
        }
    }

    @Override
    public void clear() {
        values.remove();
    }

    @Override
    public @Nullable Map<String, String> getCopyOfContextMap() {
        Map<String, String> map = values.get();
        return map == null ? null : new HashMap<>(map);
    }

    @Override
    public void setContextMap(@Nullable Map<String, String> map) {
        if (map == null) {
            values.remove();
        } else {
            values.set(new HashMap<>(map));
        }
    }

    @Override
    public void pushByKey(String key, String value) {
        stacks.pushByKey(key, value);
    }

    @Override
    public @Nullable String popByKey(String key) {
        return stacks.popByKey(key);
    }

    @Override
    public @Nullable Deque<String> getCopyOfDequeByKey(String key) {
        return stacks.getCopyOfDequeByKey(key);
    }

    @Override
    public void clearDequeByKey(String key) {
        stacks.clearDequeByKey(key);
    }
}
