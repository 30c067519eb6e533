/**
 * The configuration, replays, sessions and tallies in tables. The audit log is in {@code jdbc.log}.
 */
@NullMarked
package dev.hookferry.jdbc.config;

import org.jspecify.annotations.NullMarked;
