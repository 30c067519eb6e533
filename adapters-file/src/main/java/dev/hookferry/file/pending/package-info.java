/**
 * The pending deliveries in memory: when they are due, who owns them, and the order in which they
 * are claimed. {@code file.maintenance} writes checkpoints of them; {@code file.search} finds final
 * deliveries.
 */
@NullMarked
package dev.hookferry.file.pending;

import org.jspecify.annotations.NullMarked;
