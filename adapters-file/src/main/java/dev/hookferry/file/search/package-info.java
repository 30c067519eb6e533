/**
 * Searches over segments and pending deliveries. The indexes that they use are in {@code
 * file.index} and {@code file.pending}.
 */
@NullMarked
package dev.hookferry.file.search;

import org.jspecify.annotations.NullMarked;
