/**
 * Events: payload bytes that are stored once and sent unchanged, envelopes, and idempotent
 * publishing. The deliveries of an event are in {@code delivery}.
 */
@NullMarked
package dev.hookferry.event;

import org.jspecify.annotations.NullMarked;
