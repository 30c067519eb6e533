/**
 * Events and pending deliveries: commits, claims, and who owns what. Lists of them are read in
 * {@code jdbc.log}; whether an owner is still alive is decided in {@code jdbc.owner}.
 */
@NullMarked
package dev.hookferry.jdbc.delivery;

import org.jspecify.annotations.NullMarked;
