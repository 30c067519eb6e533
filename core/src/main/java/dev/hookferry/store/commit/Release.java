package dev.hookferry.store.commit;

import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import java.util.Objects;

/**
 * A delivery that is released unchanged.
 *
 * @param site the site that it belongs to
 * @param delivery owned by the committing owner
 */
public record Release(SiteId site, DeliveryId delivery) {
  public Release {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(delivery, "delivery");
  }
}
