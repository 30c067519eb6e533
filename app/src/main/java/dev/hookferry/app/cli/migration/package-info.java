/** Commands that take over what another sender has. */
@NullMarked
package dev.hookferry.app.cli.migration;

import org.jspecify.annotations.NullMarked;
