package dev.hookferry.http.console.portal.notices;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.portal.deliveries.NewestTests;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.figures.PortalFigures;
import dev.hookferry.http.words.Words;
import dev.hookferry.observe.EndpointHealth;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Displayed states of endpoints in lists. For some, the health alone would suggest that they work.
 *
 * @param quiet endpoints that received only tests
 * @param tests the outcomes of their newest tests
 * @param moved endpoints whose new URL is not known to work
 */
public record EndpointPills(Set<Endpoint> quiet, NewestTests tests, MovedEndpoints moved) {
  /** The value without endpoints. */
  public static final EndpointPills NONE =
      new EndpointPills(Set.of(), NewestTests.NONE, MovedEndpoints.NONE);

  /**
   * Reads the most recent activity of the endpoints. Blocks.
   *
   * @param figures their figures; null if there are none
   */
  public static EndpointPills of(
      Webhooks webhooks, List<Endpoint> endpoints, @Nullable PortalFigures figures) {
    if (figures == null) {
      MovedEndpoints some = MovedEndpoints.of(webhooks, endpoints.stream());
      return new EndpointPills(Set.of(), NewestTests.NONE, some);
    }
    figures.prepare(endpoints);
    MovedEndpoints moved = MovedEndpoints.of(webhooks, suspects(webhooks, endpoints, figures));
    Set<Endpoint> quiet =
        endpoints.stream()
            .filter(one -> !moved.contains(one))
            .filter(one -> figures.isQuiet(one, webhooks.endpoints().health(one)))
            .collect(Collectors.toSet());
    return new EndpointPills(quiet, NewestTests.of(webhooks, quiet.stream()), moved);
  }

  /**
   * Returns the endpoints that may have moved after failing: first those whose last event failed,
   * then those that received none.
   */
  private static Stream<Endpoint> suspects(
      Webhooks webhooks, List<Endpoint> endpoints, PortalFigures figures) {
    return Stream.concat(
        endpoints.stream().filter(one -> figures.failingSince(one) != null),
        endpoints.stream()
            .filter(one -> figures.failingSince(one) == null)
            .filter(one -> figures.isQuiet(one, webhooks.endpoints().health(one))));
  }

  /** Returns the pill of an endpoint. */
  public StatePill of(Endpoint endpoint, EndpointHealth health, TranslatedReasons reasons) {
    if (moved.contains(endpoint)) {
      return moved.hasFailed(endpoint) ? reasons.quiet(true) : untested(reasons.words());
    }
    if (!quiet.contains(endpoint)) {
      return reasons.pill(health);
    }
    return tests.hasPassed(endpoint)
        ? passed(reasons.words())
        : reasons.quiet(tests.hasFailed(endpoint));
  }

  /** Returns the pill of an endpoint with a new URL to which nothing has been sent. */
  private static StatePill untested(Words words) {
    StatePill unsent = StatePill.UNSENT;
    String meaning = words.text("meaning.health-untested");
    return new StatePill(unsent.tone(), words.text("health.untested"), unsent.shape(), meaning);
  }

  /** Returns the pill of a failing endpoint at which a test has arrived since. */
  public static StatePill tested(Words words) {
    String meaning = words.text("meaning.health-test-arrived");
    return new StatePill("wait", words.text("health.test-arrived"), StatePill.TICK, meaning);
  }

  /** Returns the pill of an endpoint that works, although no event has shown it yet. */
  private static StatePill passed(Words words) {
    String meaning = words.text("meaning.health-test-passed");
    return new StatePill("good", words.text("health.test-passed"), StatePill.TICK, meaning);
  }
}
