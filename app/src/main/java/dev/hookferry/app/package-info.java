/** The runnable product: configuration, wiring and command line. */
@NullMarked
package dev.hookferry.app;

import org.jspecify.annotations.NullMarked;
