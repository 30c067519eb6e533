/** The journal: segments, the writer at their end, and the reader from their beginning. */
@NullMarked
package dev.hookferry.file.journal;

import org.jspecify.annotations.NullMarked;
