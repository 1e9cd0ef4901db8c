package io.flowlog.cli.ship;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.UserError;
import io.flowlog.sink.http.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The token of the lake. It comes from a file, which is read again if the lake rejects the token, or from the environment.
 * No option contains the token itself, because every user of a machine can see the command lines of its processes.
 */
final class Token implements Supplier<String> {
    private static final String VARIABLE = "FLOWLOG_TOKEN";
    private static final String FUNCTION_VARIABLE = "DASSANA_TOKEN";

    private final @Nullable Path file;
    private final String fixed;

    private Token(@Nullable Path file, String fixed) {
        this.file = file;
        this.fixed = fixed;
    }

    static Token of(@Nullable Path file) throws UserError {
        if (file != null) {
            try {
                if (Files.readString(file).isBlank()) {
                    throw new UserError(ExitCode.USAGE, "--token-file: " + file + " is empty");
                }
            } catch (IOException e) {
                throw new UserError(ExitCode.USAGE, "--token-file: " + Errors.sentence(e));
            }
            return new Token(file, "");
        }
        String value = Objects.requireNonNullElseGet(
                System.getenv(VARIABLE), () -> Objects.requireNonNullElse(System.getenv(FUNCTION_VARIABLE), ""));
        if (value.isBlank()) {
            throw new UserError(
                    ExitCode.USAGE,
                    "a token is required: set " + VARIABLE + " in the environment, or use --token-file FILE");
        }
        return new Token(null, value.strip());
    }

    /** The header for the token: the one of the function's settings, or else that of the lake. */
    static String headerName(Lake lake) {
        return setting("FLOWLOG_TOKEN_HEADER").orElse(lake.tokenHeader());
    }

    /** The word before the token: the one of the function's settings, or else that of the lake; can be empty. */
    static String scheme(Lake lake) {
        return setting("FLOWLOG_TOKEN_SCHEME")
                .map(scheme -> scheme.equals("none") ? "" : scheme)
                .orElse(lake.tokenScheme());
    }

    /** The header for the app id. Only the default lake expects one; others get it if the settings name it. */
    static Optional<String> appIdHeaderName(Lake lake) {
        return setting("FLOWLOG_APP_ID_HEADER").or(lake::appIdHeader);
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(System.getenv(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    @Override
    public String get() {
        if (file == null) {
            return fixed;
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(Errors.sentence(e), e);
        }
    }
}
