package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The newest failed test of each endpoint that received only tests.
 *
 * @param attempts the attempts, by endpoint
 */
public record FailedTests(Map<EndpointId, Attempt> attempts) {
  /** None. */
  public static final FailedTests NONE = new FailedTests(Map.of());

  /** Maximum number of endpoints whose tests are looked up, with one query each. */
  private static final int MAX = 10;

  /** Reads the tests of endpoints that received no event. May query the store and thus block. */
  public static FailedTests of(Webhooks webhooks, Stream<Endpoint> quiet) {
    Map<EndpointId, Attempt> failed = new LinkedHashMap<>();
    quiet
        .limit(MAX)
        .forEach(
            one ->
                NewestFailure.attempt(webhooks, one).ifPresent(test -> failed.put(one.id(), test)));
    return new FailedTests(failed);
  }

  /** Returns whether the newest test of an endpoint failed. */
  public boolean contains(Endpoint endpoint) {
    return attempts.containsKey(endpoint.id());
  }
}
