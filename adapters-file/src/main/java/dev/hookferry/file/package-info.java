/** The embedded store: a directory of append-only journal files. */
@NullMarked
package dev.hookferry.file;

import org.jspecify.annotations.NullMarked;
