/**
 * The entry point of the process. {@code app.wiring} assembles the server, {@code app.cli} the
 * command line.
 */
@NullMarked
package dev.hookferry.app;

import org.jspecify.annotations.NullMarked;
