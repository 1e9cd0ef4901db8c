package io.flowlog.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The release of this module. The build writes its version into a resource, so it is known without a jar too. */
final class Release {
    private static final String RESOURCE = "version.txt";

    static String version() {
        try (InputStream in = Release.class.getResourceAsStream(RESOURCE)) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private Release() {}
}
