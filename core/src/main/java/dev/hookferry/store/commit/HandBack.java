package dev.hookferry.store.commit;

import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import java.util.Objects;

/**
 * An owned delivery that is returned to the store unsent, so that another owner can claim it.
 *
 * @param site the site to which the delivery belongs
 * @param delivery the delivery, owned by the committing owner
 */
public record HandBack(SiteId site, DeliveryId delivery) {
  public HandBack {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(delivery, "delivery");
  }
}
