package dev.hookferry.http.console.navigation;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.problems.ProblemCard;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointProblem;
import dev.hookferry.query.PageRequest;
import dev.hookferry.site.Site;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The state of a site's endpoints.
 *
 * @param endpoints the total number
 * @param notWorking the number of endpoints that do not work
 * @param paused the number of endpoints paused by a user
 * @param problems the number of those with problems that are neither acknowledged nor muted; 0 if
 *     they are not counted
 * @param sends the site's webHooksEnabled
 */
public record SiteHealth(
    SiteId site, int endpoints, int notWorking, int paused, int problems, boolean sends) {
  private static final PageRequest MAX_COMPARED = PageRequest.of(100);

  private static final Comparator<SiteHealth> NEEDIEST_FIRST =
      Comparator.comparingInt(SiteHealth::notWorking)
          .reversed()
          .thenComparing(one -> one.endpoints() == 0)
          .thenComparing(one -> !one.site().equals(SiteId.DEFAULT))
          .thenComparing(one -> one.site().value());

  /** Returns the current state of a site, without counting blocked keys. */
  public static SiteHealth of(Webhooks webhooks, Site site) {
    List<Endpoint> all = new EndpointList(webhooks, site.id()).all();
    int notWorking = 0;
    int paused = 0;
    for (Endpoint one : all) {
      EndpointHealth health = webhooks.endpoints().health(one);
      notWorking += ProblemCard.isAiling(health) ? 1 : 0;
      paused += health.state() == EndpointHealth.State.PAUSED ? 1 : 0;
    }
    boolean sends = site.settings().webHooksEnabled();
    return new SiteHealth(site.id(), all.size(), notWorking, paused, 0, sends);
  }

  /**
   * Returns the current state of a site with its problems. Takes a few more queries if any endpoint
   * fails.
   */
  public static SiteHealth withProblems(Webhooks webhooks, Site site) {
    SiteHealth health = of(webhooks, site);
    List<EndpointProblem> all = webhooks.problems().all(site.id());
    int open = endpoints(all, problem -> problem.status() == EndpointProblem.Status.OPEN);
    int blocked =
        endpoints(
            all,
            problem ->
                ProblemCard.isAiling(problem.health(), problem.undelivered())
                    && !ProblemCard.isAiling(problem.health()));
    return new SiteHealth(
        site.id(),
        health.endpoints(),
        health.notWorking() + blocked,
        health.paused(),
        open,
        health.sends());
  }

  private static int endpoints(List<EndpointProblem> all, Predicate<EndpointProblem> which) {
    return (int) all.stream().filter(which).map(one -> one.endpoint().id()).distinct().count();
  }

  /**
   * Returns the site with most endpoints that are not working, among the newest 100; or else one
   * that has endpoints.
   */
  public static SiteId mostUrgentSite(Webhooks webhooks) {
    return webhooks.sites().list(MAX_COMPARED).data().stream()
        .map(site -> of(webhooks, site))
        .min(NEEDIEST_FIRST)
        .map(SiteHealth::site)
        .orElse(SiteId.DEFAULT);
  }

  /** Returns the state for a list of sites. */
  public StatePill pill() {
    if (endpoints == 0) {
      return new StatePill("rest", "no endpoints", StatePill.UNSENT.shape());
    }
    if (notWorking > 0) {
      return new StatePill("bad", of(notWorking) + " not working", StatePill.CROSS);
    }
    if (problems > 0) {
      return new StatePill("wait", of(problems) + " with failures", StatePill.CLOCK);
    }
    if (!sends) {
      return new StatePill("rest", "switched off", StatePill.PAUSE);
    }
    return paused == 0
        ? new StatePill("good", "working", StatePill.TICK)
        : new StatePill("rest", of(paused) + " paused", StatePill.PAUSE);
  }

  private String of(int some) {
    return NumberText.of(some) + " of " + NumberText.of(endpoints);
  }
}
