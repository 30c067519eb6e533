package dev.hookferry.http.console.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointState;

/** When a retry would go out that is asked for now. */
public final class RetryTime {
  private final Webhooks webhooks;

  public RetryTime(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** What keeps it from going out at once, in a sentence; an empty text if nothing does. */
  public String hindrance(Endpoint endpoint) {
    String general = hindrance(endpoint.site());
    if (!general.isEmpty()) {
      return general;
    }
    EndpointState state = webhooks.endpoints().state(endpoint);
    if (!state.isOnHold()) {
      return "";
    }
    return state.isHeld()
        ? "On hold: "
            + (state.kind() == EndpointState.Kind.DISABLED ? "endpoint " : "")
            + state.reason()
            + ". A retry goes out once the endpoint is resumed."
        : FieldErrors.sentence(state.reason()) + " A retry goes out then.";
  }

  /** What keeps all of a site's deliveries; an empty text if nothing does. */
  public String hindrance(SiteId site) {
    String off = webhooks.condition().deliveryOff();
    if (off != null) {
      return "This node sends nothing, because " + off + ": it goes out once delivery is on.";
    }
    return webhooks.settings().get(site).webHooksEnabled()
        ? ""
        : "On hold: webHooksEnabled is off for this site. A retry goes out once it is on.";
  }
}
