/**
 * The command {@code flowlog ship}: sends flow logs from files and from S3 to a log lake.
 *
 * <p>{@link io.flowlog.cli.ship.Shipment} lists and delivers; {@link io.flowlog.cli.ship.Journal} lists what was
 * delivered, and {@link io.flowlog.cli.ship.Tally} counts.
 */
@NullMarked
package io.flowlog.cli.ship;

import org.jspecify.annotations.NullMarked;
