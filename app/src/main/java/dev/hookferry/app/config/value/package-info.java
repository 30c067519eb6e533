/**
 * Kinds of configuration values, and how their strings are parsed. The keys that have these values
 * are in {@code app.config.reading}.
 */
@NullMarked
package dev.hookferry.app.config.value;

import org.jspecify.annotations.NullMarked;
