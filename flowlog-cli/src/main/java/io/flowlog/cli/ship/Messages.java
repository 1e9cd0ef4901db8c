package io.flowlog.cli.ship;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.Progress;
import java.io.PrintStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Messages on standard error, above the progress lines while these are shown. */
final class Messages implements Consumer<String> {
    private final PrintStream err;
    private volatile @Nullable Progress progress;

    Messages(PrintStream err) {
        this.err = err;
    }

    void through(Progress shown) {
        progress = shown;
    }

    @Override
    public void accept(String message) {
        Progress shown = progress;
        if (shown == null) {
            Errors.print(err, message);
        } else {
            shown.print(message);
        }
    }
}
