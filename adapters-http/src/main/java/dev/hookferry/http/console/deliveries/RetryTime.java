package dev.hookferry.http.console.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.http.console.text.DisplayTime;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import java.time.Instant;

/** When a retry would go out that is asked for now. */
public final class RetryTime {
  private final Webhooks webhooks;
  private final Instant now;

  public RetryTime(Webhooks webhooks, Instant now) {
    this.webhooks = webhooks;
    this.now = now;
  }

  /** What keeps it from going out at once, in sentences; an empty text if nothing does. */
  public String hindrance(Endpoint endpoint) {
    String general = hindrance(endpoint.site());
    if (!general.isEmpty()) {
      return general;
    }
    EndpointStatus standing = endpoint.standing();
    if (!standing.enabled()) {
      return standing.reason() == null
          ? "The endpoint is paused: it goes out once that is switched on."
          : "Hookferry disabled the endpoint: it goes out once that is switched on.";
    }
    EndpointHealth health = webhooks.endpoints().health(endpoint.site(), endpoint.id());
    Instant until = health.restsUntil();
    if (until == null) {
      return "";
    }
    return "The endpoint rests until "
        + DisplayTime.clock(until)
        + " UTC, "
        + why(health)
        + ": a retry goes out then.";
  }

  /** What keeps all of a site's deliveries; an empty text if nothing does. */
  public String hindrance(SiteId site) {
    return webhooks.settings().get(site).webHooksEnabled()
        ? ""
        : "webHooksEnabled is off at this site: it goes out once that is switched on.";
  }

  /** How an endpoint stands, beyond what its status says; empty if there is nothing more. */
  public String standing(Endpoint endpoint) {
    String reason = endpoint.standing().reason();
    if (reason != null) {
      return "Disabled by Hookferry "
          + DisplayTime.of(endpoint.standing().since(), now).text()
          + ": "
          + reason;
    }
    EndpointHealth health = webhooks.endpoints().health(endpoint.site(), endpoint.id());
    Instant until = health.restsUntil();
    if (!endpoint.enabled() || until == null) {
      return "";
    }
    return "Rests until " + DisplayTime.clock(until) + " UTC, " + why(health);
  }

  /** Whether nothing is sent to it for a while. */
  public boolean rests(Endpoint endpoint) {
    return endpoint.enabled()
        && webhooks.endpoints().health(endpoint.site(), endpoint.id()).restsUntil() != null;
  }

  private static String why(EndpointHealth health) {
    return health.state() == EndpointHealth.State.FAILING
        ? "since it failed " + health.failures() + " times in a row"
        : "as its answer asked for";
  }
}
