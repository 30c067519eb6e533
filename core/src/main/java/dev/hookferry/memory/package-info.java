/** A store that keeps everything in memory, for tests and for products that can lose events. */
@NullMarked
package dev.hookferry.memory;

import org.jspecify.annotations.NullMarked;
