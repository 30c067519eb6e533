/** Searches over segments and pending deliveries. */
@NullMarked
package dev.hookferry.file.search;

import org.jspecify.annotations.NullMarked;
