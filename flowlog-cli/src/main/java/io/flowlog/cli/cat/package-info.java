/** The command {@code flowlog cat}. */
@NullMarked
package io.flowlog.cli.cat;

import org.jspecify.annotations.NullMarked;
