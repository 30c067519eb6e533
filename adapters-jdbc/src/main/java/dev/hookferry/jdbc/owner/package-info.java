/**
 * Which nodes are alive, and whether the database still has what they wrote. The deliveries that a
 * node owns are in {@code jdbc.delivery}.
 */
@NullMarked
package dev.hookferry.jdbc.owner;

import org.jspecify.annotations.NullMarked;
