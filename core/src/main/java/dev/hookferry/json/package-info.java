/**
 * JSON within core: a small strict parser and writer for settings and journals. The data of events
 * is read in {@code internal.json}, without objects.
 */
@NullMarked
package dev.hookferry.json;

import org.jspecify.annotations.NullMarked;
