/**
 * Runs SQL on flow logs: the commands {@code flowlog query} and {@code flowlog report}.
 *
 * <p>{@link io.flowlog.query.FlowDatabase} is a DuckDB in which the view {@code flows} reads the inputs through
 * flowlog-parser; {@link io.flowlog.query.NamedQuery} is one of the twelve questions that the program answers by name.
 * This module is a program, not a library. Its names can change in any release.
 */
@NullMarked
package io.flowlog.query;

import org.jspecify.annotations.NullMarked;
