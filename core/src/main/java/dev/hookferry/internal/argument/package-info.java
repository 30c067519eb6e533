/**
 * Checks of arguments passed to the API: nulls, times and builder options. Rules about their
 * meaning are checked where they are used.
 */
@NullMarked
package dev.hookferry.internal.argument;

import org.jspecify.annotations.NullMarked;
