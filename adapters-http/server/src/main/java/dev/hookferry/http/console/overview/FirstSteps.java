package dev.hookferry.http.console.overview;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.TimeSeries;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.id.EventType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * First steps for a site that has no events yet.
 *
 * @param endpoint the id of the newest endpoint, or empty if there is none
 * @param isTested whether a test was sent
 */
public record FirstSteps(String endpoint, boolean isTested) {
  /**
   * Returns the steps, or null if events have been sent.
   *
   * @param tail the newest attempts
   * @param month the deliveries of the last 30 days, without tests
   * @param waiting the waiting deliveries
   */
  static @Nullable FirstSteps of(
      List<Endpoint> endpoints,
      List<AttemptRow> tail,
      List<TimeSeries.Bucket> month,
      WaitingDeliveries waiting) {
    boolean isTest = tail.stream().allMatch(row -> row.type().equals(EventType.TEST.name()));
    boolean isQuiet = waiting.isNone() && month.stream().allMatch(bucket -> bucket.total() == 0);
    return isTest && isQuiet
        ? new FirstSteps(
            endpoints.isEmpty() ? "" : endpoints.get(0).id().toString(), !tail.isEmpty())
        : null;
  }

  /** Returns whether there is an endpoint. */
  public boolean hasEndpoint() {
    return !endpoint.isEmpty();
  }
}
