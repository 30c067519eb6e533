package dev.hookferry.audit;

import dev.hookferry.event.EventId;
import dev.hookferry.event.Payload;

/**
 * What a client was told: this event is kept.
 *
 * @param deliveries to how many endpoints it goes
 * @param data what the client gave; the payload is that or contains it
 */
public record Acknowledged(EventId event, int deliveries, Payload data) {}
