/**
 * What the commands share: inputs, standard output, error messages, exit statuses, malformed lines, and formatted numbers.
 *
 * <p>Commands depend on this package and not on each other.
 */
@NullMarked
package io.flowlog.cli.shared;

import org.jspecify.annotations.NullMarked;
