package dev.hookferry.auditor;

import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody requested that an event be sent to an endpoint that had no delivery of it.
 *
 * @param told the delivery that was reported to them; null if a failure was reported, or nothing,
 *     so that there is one or none
 */
public record Readdressed(EventId event, EndpointId endpoint, @Nullable DeliveryId told) {}
