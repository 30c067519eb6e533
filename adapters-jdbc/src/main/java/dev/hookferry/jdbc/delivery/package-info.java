/**
 * Events and pending deliveries: commits, claims and ownership. {@code jdbc.log} reads lists of
 * them; {@code jdbc.owner} decides whether an owner is still alive.
 */
@NullMarked
package dev.hookferry.jdbc.delivery;

import org.jspecify.annotations.NullMarked;
