/**
 * Options and arguments that several commands share. The flags of a server's configuration are in
 * {@code app.cli.server}.
 */
@NullMarked
package dev.hookferry.app.cli.option;

import org.jspecify.annotations.NullMarked;
