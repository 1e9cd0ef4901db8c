package io.flowlog.cli.ship;

import io.flowlog.sink.http.DeliveryReport;
import java.util.ArrayList;
import java.util.List;

/**
 * The accounts of a run. In the end, objects listed = delivered + already there + failed + left. Safe for use by several
 * threads.
 */
final class Tally {
    private long listed;
    private long listedBytes;
    private boolean listingDone;
    private long delivered;
    private long alreadyThere;
    private long left;
    private long doneBytes;
    private long records;
    private long filtered;
    private long sampledOut;
    private long malformed;
    private long rejected;
    private long batches;
    private long retries;
    private long textBytes;
    private long bodyBytes;
    private final List<Failure> failures = new ArrayList<>();
    private final List<Failure> failedListings = new ArrayList<>();

    /**
     * An object that was not delivered.
     *
     * @param name its name
     * @param reason why, in one line
     * @param exitCode the exit status that it stands for
     */
    record Failure(String name, String reason, int exitCode) {}

    /** The numbers at one moment. */
    record Snapshot(
            long listed,
            long listedBytes,
            boolean listingDone,
            long delivered,
            long alreadyThere,
            long failed,
            long left,
            long doneBytes,
            long records,
            long filtered,
            long sampledOut,
            long malformed,
            long rejected,
            long batches,
            long retries,
            long textBytes,
            long bodyBytes) {
        long done() {
            return delivered + alreadyThere + failed;
        }
    }

    synchronized void listed(long bytes) {
        listed++;
        listedBytes += bytes;
    }

    synchronized void listingDone() {
        listingDone = true;
    }

    synchronized void alreadyThere(long bytes) {
        alreadyThere++;
        doneBytes += bytes;
    }

    synchronized void delivered(DeliveryReport report, long bytes) {
        delivered++;
        doneBytes += bytes;
        records += report.acknowledged();
        filtered += report.filtered();
        sampledOut += report.sampledOut();
        malformed += report.malformed();
        rejected += report.rejected();
        batches += report.batches();
        retries += report.retries();
        textBytes += report.bytesRead();
        bodyBytes += report.bodyBytes();
    }

    synchronized void failed(Failure failure, long bytes) {
        failures.add(failure);
        doneBytes += bytes;
    }

    synchronized void listingFailed(Failure failure) {
        failedListings.add(failure);
    }

    synchronized void left() {
        left++;
    }

    /** The listings that S3 did not complete. Their objects are in no other number. */
    synchronized List<Failure> failedListings() {
        return List.copyOf(failedListings);
    }

    synchronized List<Failure> failures() {
        return List.copyOf(failures);
    }

    synchronized Snapshot snapshot() {
        return new Snapshot(
                listed,
                listedBytes,
                listingDone,
                delivered,
                alreadyThere,
                failures.size(),
                left,
                doneBytes,
                records,
                filtered,
                sampledOut,
                malformed,
                rejected,
                batches,
                retries,
                textBytes,
                bodyBytes);
    }
}
