/** Checks of what callers pass to the API; not of what it means. */
@NullMarked
package dev.hookferry.internal.argument;

import org.jspecify.annotations.NullMarked;
