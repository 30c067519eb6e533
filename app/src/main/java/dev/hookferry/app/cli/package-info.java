/** The command line: what is typed, and what is shown. */
@NullMarked
package dev.hookferry.app.cli;

import org.jspecify.annotations.NullMarked;
