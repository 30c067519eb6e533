/**
 * Small files beside the journal: configuration, replays, sessions, tallies. The audit log has a
 * package of its own, {@code file.audit}; the journal of deliveries in flight is in {@code
 * dev.hookferry.file}.
 */
@NullMarked
package dev.hookferry.file.config;

import org.jspecify.annotations.NullMarked;
