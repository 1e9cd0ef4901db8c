package io.flowlog.cli.ship;

import io.flowlog.sink.http.SourceId;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/** Where journals are kept: the user's state folder (XDG Base Directory Specification). */
final class StateFolder {
    private static final int HASH_DIGITS = 8;

    private StateFolder() {}

    /** The journal of a lake. The endpoint itself is not in the name, because its path or query can be a secret. */
    static Path journalOf(URI lake) {
        String home = System.getenv("XDG_STATE_HOME");
        // The specification says to ignore a relative path.
        Path state = home != null && home.startsWith("/")
                ? Path.of(home)
                : Path.of(System.getProperty("user.home"), ".local", "state");
        String host = lake.getHost().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_");
        String hash = SourceId.named(lake.toString()).hex().orElseThrow().substring(0, HASH_DIGITS);
        return state.resolve("flowlog").resolve("ship-" + host + "-" + hash + ".jsonl");
    }
}
