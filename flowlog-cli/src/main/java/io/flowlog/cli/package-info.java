/**
 * The program {@code flowlog}: {@link io.flowlog.cli.Main} parses the command line. Each command has a package of its
 * own; {@code io.flowlog.cli.shared} holds what they have in common.
 */
@NullMarked
package io.flowlog.cli;

import org.jspecify.annotations.NullMarked;
