/**
 * Checks of what callers pass to the API: nulls, times and options of builders. Their meaning is
 * checked where they are used.
 */
@NullMarked
package dev.hookferry.internal.argument;

import org.jspecify.annotations.NullMarked;
