/** The command line as a whole. */
@NullMarked
package dev.hookferry.app.cli;

import org.jspecify.annotations.NullMarked;
