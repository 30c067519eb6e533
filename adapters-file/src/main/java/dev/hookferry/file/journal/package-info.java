/**
 * The journal: segments, the writer at their end, and the reader from their beginning. The content
 * of a line is in {@code file.record}; expired lines are removed in {@code file.maintenance}.
 */
@NullMarked
package dev.hookferry.file.journal;

import org.jspecify.annotations.NullMarked;
