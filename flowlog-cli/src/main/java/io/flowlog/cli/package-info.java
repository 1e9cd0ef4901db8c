/**
 * The program {@code flowlog}: {@link io.flowlog.cli.Main} parses the command line. Each command has its own
 * package. {@code io.flowlog.cli.shared} contains what they have in common.
 */
@NullMarked
package io.flowlog.cli;

import org.jspecify.annotations.NullMarked;
