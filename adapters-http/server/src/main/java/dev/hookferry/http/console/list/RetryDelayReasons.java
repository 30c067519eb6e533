package dev.hookferry.http.console.list;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;

/** Reasons why a retry requested now would be delayed. */
public final class RetryDelayReasons {
  private static final String PROBES = " Then one delivery is sent at a time, until one succeeds.";

  private final Webhooks webhooks;

  public RetryDelayReasons(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** Returns why a retry to an endpoint is delayed, in a sentence; empty if it is not. */
  public String delayReason(Endpoint endpoint) {
    String general = delayReason(endpoint.site());
    if (!general.isEmpty()) {
      return general;
    }
    EndpointHealth health = webhooks.endpoints().health(endpoint);
    if (!health.isOnHold()) {
      return "";
    }
    return health.isHeld()
        ? "On hold: "
            + (health.state() == EndpointHealth.State.DISABLED ? "endpoint " : "")
            + health.reason()
            + ". A retry goes out once the endpoint is resumed."
        : FieldErrors.sentence(health.reason())
            + (health.state() == EndpointHealth.State.BACKING_OFF
                ? PROBES
                : " A retry goes out then.");
  }

  /** Returns why the next attempt of a delivery is delayed; empty if it is not. */
  public String delayReason(Endpoint endpoint, Delivery delivery) {
    String delay = delayReason(endpoint);
    return delivery.attempts() == 0
        ? delay.replace("A retry goes out", "The first attempt goes out")
        : delay;
  }

  /**
   * Returns why the next attempt of a delivery is delayed, without the reason that its page already
   * shows.
   *
   * @param reason why the delivery has not ended, as a phrase
   */
  public String delayBeside(Endpoint endpoint, Delivery delivery, String reason) {
    String delay = delayReason(endpoint, delivery);
    String said = FieldErrors.sentence(reason) + " ";
    return delay.startsWith(said) ? delay.substring(said.length()) : delay;
  }

  /** Returns why all deliveries of a site are delayed; empty if they are not. */
  public String delayReason(SiteId site) {
    String off = webhooks.condition().deliveryOff();
    if (off != null) {
      return "This node sends nothing, because " + off + ": it goes out once delivery is on.";
    }
    return webhooks.settings().get(site).webHooksEnabled()
        ? ""
        : "On hold: webHooksEnabled is off for this site. A retry goes out once it is on.";
  }
}
