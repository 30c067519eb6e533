package dev.hookferry.auditor;

import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;

/**
 * An event whose acceptance a client was told.
 *
 * @param deliveries to how many endpoints it goes
 * @param data what the client gave; the payload is that or contains it
 */
public record Acknowledged(EventId event, int deliveries, Payload data) {}
