/**
 * The runnable product: the entry point of the process. A server is put together in {@code
 * app.wiring}, the command line in {@code app.cli}.
 */
@NullMarked
package dev.hookferry.app;

import org.jspecify.annotations.NullMarked;
