package io.flowlog.cli.ship;

import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.Sizes;
import io.flowlog.cli.shared.Table;
import io.flowlog.sink.http.Lake;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The progress lines and the summary of {@code flowlog ship}. */
final class ShipReport {
    private static final int SHOWN_FAILURES = 10;
    private static final int SHORTEST_NAME = 30;

    private final Shipment shipment;
    private final long begin = System.nanoTime();

    ShipReport(Shipment shipment) {
        this.shipment = shipment;
    }

    /** The line for the whole, then one for each object that is being delivered. */
    List<String> progress() {
        Tally.Snapshot now = shipment.tally().snapshot();
        double seconds = seconds();
        List<Shipment.Running> running = shipment.running();
        long position = running.stream()
                .mapToLong(one -> Math.min(one.position, one.size))
                .sum();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%,d of %,d%s objects, %,d records, %.1f MB/s of text%s%s",
                now.done(),
                now.listed(),
                now.listingDone() ? "" : "+",
                now.records(),
                now.textBytes() / 1e6 / seconds,
                now.failed() == 0 ? "" : String.format(Locale.ROOT, ", %,d failed", now.failed()),
                left(now, now.doneBytes() + position, seconds)));
        for (Shipment.Running one : running) {
            int percent = one.size == 0 ? 0 : (int) Math.min(100, one.position * 100 / one.size);
            lines.add(String.format(Locale.ROOT, "  %3d %%  %9s  %s", percent, Sizes.bytes(one.size), one.name));
        }
        return lines;
    }

    private static String left(Tally.Snapshot now, long done, double seconds) {
        if (!now.listingDone() || done == 0 || done >= now.listedBytes()) {
            return "";
        }
        return ", " + Sizes.clock(Duration.ofSeconds(Math.round((now.listedBytes() - done) * seconds / done)))
                + " left";
    }

    double seconds() {
        return Math.max(1, System.nanoTime() - begin) / 1e9;
    }

    /** The first line of the summary. In a narrow terminal it continues on a second line. */
    static String objects(Tally.Snapshot end, int width) {
        String there = String.format(
                Locale.ROOT,
                "Objects    %,d listed = %,d delivered + %,d already there",
                end.listed(),
                end.delivered(),
                end.alreadyThere());
        String missing = String.format(Locale.ROOT, "+ %,d failed + %,d left", end.failed(), end.left());
        boolean fits = there.length() + 1 + missing.length() <= width;
        return there + (fits ? " " : System.lineSeparator() + "           ") + missing;
    }

    /** Prints the summary; the numbers of the objects, and those of the records, add up. */
    void summary(PrintStream out, int width, Lake lake) {
        Tally.Snapshot end = shipment.tally().snapshot();
        out.println(objects(end, width));
        if (!end.listingDone()) {
            out.println("           the listing is not complete");
        }
        out.printf(
                Locale.ROOT,
                "Records    %s delivered in %s%s%n",
                Sizes.count(end.records(), "record"),
                Sizes.count(end.batches(), "batch"),
                end.retries() == 0 ? "" : ", " + Sizes.count(end.retries(), "repeated request"));
        if (end.filtered() + end.sampledOut() > 0) {
            out.printf(
                    Locale.ROOT,
                    "Read       %,d = %,d delivered + %,d filtered out + %,d sampled out + %,d malformed%n",
                    end.records() + end.filtered() + end.sampledOut() + end.malformed(),
                    end.records(),
                    end.filtered(),
                    end.sampledOut(),
                    end.malformed());
        }
        if (end.malformed() > 0) {
            out.printf(Locale.ROOT, "Skipped    %s%n", Sizes.count(end.malformed(), "malformed line"));
        }
        if (end.rejected() > 0) {
            out.printf(
                    Locale.ROOT,
                    lake == Lake.ELASTICSEARCH
                            ? "Rejected   %s of those delivered, which the lake did not store%n"
                            : "Uncounted  %s that the lake did not count, perhaps because it already had them%n",
                    Sizes.count(end.rejected(), "record"));
        }
        out.printf(
                Locale.ROOT, "Text       %s, sent as %s%n", Sizes.bytes(end.textBytes()), Sizes.bytes(end.bodyBytes()));
        double seconds = seconds();
        out.printf(
                Locale.ROOT,
                "Time       %.1f s: %,.1f objects and %.1f MB of text a second%n",
                seconds,
                end.delivered() / seconds,
                end.textBytes() / 1e6 / seconds);
        if (end.listingDone() && end.delivered() + end.failed() + end.left() == 0 && end.alreadyThere() > 0) {
            out.println("Nothing to send: the journal already contains every object.");
            out.println("Use --again to send them again.");
        }
        List<Tally.Failure> failures = new ArrayList<>(shipment.tally().failedListings());
        failures.addAll(shipment.tally().failures());
        if (!failures.isEmpty()) {
            out.println("Failed");
            for (Tally.Failure failure : failures.subList(0, Math.min(SHOWN_FAILURES, failures.size()))) {
                out.println("  " + line(failure, width - 2));
            }
            if (failures.size() > SHOWN_FAILURES) {
                out.printf(Locale.ROOT, "  and %,d more%n", failures.size() - SHOWN_FAILURES);
            }
        }
        if (end.left() > 0 || !end.listingDone()) {
            out.println("Run the same command again to send the rest.");
        }
    }

    /** The reason is more important than the beginning of the name, which is often the same for all objects. */
    static String line(Tally.Failure failure, int width) {
        int space = Math.max(SHORTEST_NAME, width - failure.reason().length() - 2);
        return Table.shortened(failure.name(), space) + ": " + failure.reason();
    }

    /**
     * Writes the names of the failed objects, one a line.
     *
     * @throws IOException if the file cannot be written; the message names it
     */
    void writeFailed(Path file) throws IOException {
        try {
            Files.write(
                    file,
                    shipment.tally().failures().stream()
                            .map(Tally.Failure::name)
                            .toList());
        } catch (IOException e) {
            throw Errors.named(file, e);
        }
    }
}
