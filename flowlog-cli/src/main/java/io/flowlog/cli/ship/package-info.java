/**
 * The command {@code flowlog ship}: flow logs from files and from S3 into a log lake.
 *
 * <p>{@link io.flowlog.cli.ship.Shipment} lists and delivers; {@link io.flowlog.cli.ship.Journal} remembers what was
 * delivered; {@link io.flowlog.cli.ship.Tally} counts.
 */
@NullMarked
package io.flowlog.cli.ship;

import org.jspecify.annotations.NullMarked;
