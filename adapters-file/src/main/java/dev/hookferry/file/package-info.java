/**
 * The embedded store: a directory of append-only journal files. The interfaces that it implements
 * are in {@code dev.hookferry.store}; the journal itself is in {@code file.journal}.
 */
@NullMarked
package dev.hookferry.file;

import org.jspecify.annotations.NullMarked;
