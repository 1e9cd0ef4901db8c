package io.flowlog.cli.local;

import java.net.InetSocketAddress;
import java.net.URI;

/** Addresses and settings of the servers that the program runs on this machine. */
final class Loopback {
    private Loopback() {}

    /**
     * Makes the JDK's {@code HttpServer} send small answers at once. Otherwise, each answer waits 40 ms for the
     * acknowledgement of its headers. The JDK reads the property once, when the first server is created.
     */
    static void configureServers() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    static String hostAndPort(InetSocketAddress address) {
        return "127.0.0.1:" + address.getPort();
    }

    static URI uri(InetSocketAddress address, String path) {
        return URI.create("http://" + hostAndPort(address) + path);
    }
}
