package dev.hookferry.store.commit;

import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;

/**
 * A delivery given back as it was.
 *
 * @param site whose
 * @param delivery owned by the committing owner
 */
public record Release(SiteId site, DeliveryId delivery) {}
