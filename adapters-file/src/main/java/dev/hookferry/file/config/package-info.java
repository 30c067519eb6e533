/**
 * Small files next to the journal: configuration, replays, sessions, tallies. The audit log is in
 * {@code file.audit}; the journal of in-flight deliveries is in {@code dev.hookferry.file}.
 */
@NullMarked
package dev.hookferry.file.config;

import org.jspecify.annotations.NullMarked;
