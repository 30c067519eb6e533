package dev.hookferry.auditor;

import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import java.time.Instant;

/**
 * An event whose acceptance a client was told.
 *
 * @param deliveries to how many endpoints it goes
 * @param data what the client gave; the payload is that or contains it
 * @param offered when the client published it, for the first time
 * @param at when the client was told
 */
public record Acknowledged(
    EventId event, int deliveries, Payload data, Instant offered, Instant at) {}
