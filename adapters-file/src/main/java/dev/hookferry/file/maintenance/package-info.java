/**
 * Recovery at start, checkpoints, and retention. The effect of a record on the pending deliveries
 * in memory is defined in {@code file.commit}.
 */
@NullMarked
package dev.hookferry.file.maintenance;

import org.jspecify.annotations.NullMarked;
