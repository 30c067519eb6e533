/**
 * Events: payload bytes that are stored once and sent as they are, envelopes, and idempotent
 * publishing. What happens to an event afterwards is in {@code delivery}.
 */
@NullMarked
package dev.hookferry.event;

import org.jspecify.annotations.NullMarked;
