/**
 * Liveness of nodes, and detection of lost commits. {@code jdbc.delivery} handles the deliveries
 * that a node owns.
 */
@NullMarked
package dev.hookferry.jdbc.owner;

import org.jspecify.annotations.NullMarked;
