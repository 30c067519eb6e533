package dev.hookferry.port;

import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.endpoint.SiteId;

/**
 * A delivery given back as it was.
 *
 * @param site whose
 * @param delivery owned by the committing owner
 */
public record Release(SiteId site, DeliveryId delivery) {}
