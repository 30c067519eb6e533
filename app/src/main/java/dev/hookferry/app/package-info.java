/** The runnable product: the entry point of the process. */
@NullMarked
package dev.hookferry.app;

import org.jspecify.annotations.NullMarked;
