/** The command {@code flowlog sample}. */
@NullMarked
package io.flowlog.cli.sample;

import org.jspecify.annotations.NullMarked;
