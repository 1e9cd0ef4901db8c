package io.flowlog.cli.local;

import java.net.InetSocketAddress;
import java.net.URI;

/** Addresses and settings of the servers that the program runs on this machine. */
final class Loopback {
    private Loopback() {}

    /**
     * Makes the JDK's {@code HttpServer} send small answers at once: without it, each waits 40 ms for the
     * acknowledgement of its headers. Read once by the JDK, when the first server is made.
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
