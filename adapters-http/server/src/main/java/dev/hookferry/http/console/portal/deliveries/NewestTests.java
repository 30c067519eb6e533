package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The outcomes of the newest tests of endpoints that received only tests.
 *
 * @param failed the failed attempts, by endpoint
 * @param passed the endpoints whose newest test arrived
 */
public record NewestTests(Map<EndpointId, Attempt> failed, Set<EndpointId> passed) {
  /** None. */
  public static final NewestTests NONE = new NewestTests(Map.of(), Set.of());

  /** Maximum number of endpoints whose tests are looked up, with one query each. */
  private static final int MAX = 10;

  /** Reads the tests of endpoints that received no event. May query the store and thus block. */
  public static NewestTests of(Webhooks webhooks, Stream<Endpoint> quiet) {
    Map<EndpointId, Attempt> failed = new LinkedHashMap<>();
    Set<EndpointId> passed = new HashSet<>();
    for (Endpoint one : quiet.limit(MAX).toList()) {
      Attempt test = NewestFailure.last(webhooks, one).orElse(null);
      if (test != null && test.outcome().isSuccess()) {
        passed.add(one.id());
      } else if (test != null && NewestFailure.isTheirs(test)) {
        failed.put(one.id(), test);
      }
    }
    return new NewestTests(failed, passed);
  }

  /** Returns whether the newest test of an endpoint failed. */
  public boolean hasFailed(Endpoint endpoint) {
    return failed.containsKey(endpoint.id());
  }

  /** Returns whether the newest test of an endpoint arrived. */
  public boolean hasPassed(Endpoint endpoint) {
    return passed.contains(endpoint.id());
  }
}
