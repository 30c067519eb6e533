/**
 * Events: payload bytes that are stored once and sent as they are, envelopes, and idempotent
 * publishing. The deliveries that follow from an event are in {@code delivery}.
 */
@NullMarked
package dev.hookferry.event;

import org.jspecify.annotations.NullMarked;
