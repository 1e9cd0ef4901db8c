/** What the tests of all commands share. */
@NullMarked
package io.flowlog.cli.testing;

import org.jspecify.annotations.NullMarked;
