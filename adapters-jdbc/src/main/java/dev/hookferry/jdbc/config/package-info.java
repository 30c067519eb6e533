/** The configuration, replays and tallies in tables. */
@NullMarked
package dev.hookferry.jdbc.config;

import org.jspecify.annotations.NullMarked;
