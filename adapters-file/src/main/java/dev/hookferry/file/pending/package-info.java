/** The pending deliveries in memory: what is due, who owns it, in which order it is claimed. */
@NullMarked
package dev.hookferry.file.pending;

import org.jspecify.annotations.NullMarked;
