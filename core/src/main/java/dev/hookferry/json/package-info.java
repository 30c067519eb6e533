/**
 * A small strict JSON parser and writer for settings and journals. It is part of the stable API,
 * because methods for authors of stores take its types. The package {@code internal.json} reads the
 * data of events, without objects.
 */
@NullMarked
package dev.hookferry.json;

import org.jspecify.annotations.NullMarked;
