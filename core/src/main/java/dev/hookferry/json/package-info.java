/**
 * A small strict JSON parser and writer for settings and journals. It is part of the stable API,
 * because methods for authors of stores use its types. The package {@code internal.json} reads
 * event data without creating objects.
 */
@NullMarked
package dev.hookferry.json;

import org.jspecify.annotations.NullMarked;
