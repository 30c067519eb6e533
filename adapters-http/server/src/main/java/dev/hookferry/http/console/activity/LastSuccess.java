package dev.hookferry.http.console.activity;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.words.DisplayTime;
import java.time.Instant;

/** The time of the last successful delivery to an endpoint, if known. */
public final class LastSuccess {
  private LastSuccess() {}

  /** Returns the time as text. */
  public static String of(Endpoint endpoint, Activity activity, Instant now) {
    Instant last = activity.of(endpoint.id(), now).lastSuccess();
    if (last != null) {
      return DisplayTime.of(last, now).text();
    }
    ChartSpan month = ChartSpan.MONTH;
    if (activity.history(endpoint.id(), month, now).sum(EndpointHistory.Slot::delivered) > 0) {
      return "in the last " + month.length();
    }
    // Counts go back no further, so an older endpoint may have had an earlier success.
    Instant known = now.minus(month.step().multipliedBy(month.steps()));
    return endpoint.createdAt().isAfter(known) ? "never" : "none in the last " + month.length();
  }
}
