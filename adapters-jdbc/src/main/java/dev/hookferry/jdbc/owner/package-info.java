/**
 * Liveness of nodes, and detection of lost commits. The deliveries that a node owns are in {@code
 * jdbc.delivery}.
 */
@NullMarked
package dev.hookferry.jdbc.owner;

import org.jspecify.annotations.NullMarked;
