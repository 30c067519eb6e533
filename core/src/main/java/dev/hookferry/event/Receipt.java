package dev.hookferry.event;

import dev.hookferry.id.EventId;

/**
 * The answer to a publish: from here on the event is durable.
 *
 * @param id the event's id
 * @param deliveries to how many endpoints it goes
 * @param repeated whether this is the answer to an earlier publish, given again
 */
public record Receipt(EventId id, int deliveries, boolean repeated) {}
