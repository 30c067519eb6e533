/** The console in a real browser. */
@NullMarked
package dev.hookferry.app.console;

import org.jspecify.annotations.NullMarked;
