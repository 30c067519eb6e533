package dev.hookferry.http.console.problems;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.activity.EndpointActivity;
import dev.hookferry.http.console.endpoints.EndpointTable;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.observe.EndpointHealth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Groups the failures of a site by endpoint and cause. */
public final class FailureGroups {
  private final Webhooks webhooks;
  private final Activity activity;

  public FailureGroups(Webhooks webhooks, Activity activity) {
    this.webhooks = webhooks;
    this.activity = activity;
  }

  /** Returns all groups of the site: the open ones first, and those with most failures. */
  public List<FailureGroup> of(Visit visit, EndpointTable table) {
    FailureGroup.Surroundings around =
        new FailureGroup.Surroundings(
            ProblemNotes.of(webhooks, visit.site(), visit.now()), visit.now());
    List<FailureGroup> groups = new ArrayList<>();
    for (Endpoint endpoint : new EndpointList(webhooks, visit.site()).all()) {
      EndpointHealth health = table.health(endpoint);
      List<EndpointActivity.Failures> failures = activity.failures(endpoint.id());
      int waiting = table.waiting().of(endpoint.id()).count();
      for (EndpointActivity.Failures some : failures) {
        groups.add(FailureGroup.of(endpoint, health, some, waiting, around));
      }
      if (failures.isEmpty() && isStuck(health)) {
        groups.add(FailureGroup.of(endpoint, health, null, waiting, around));
      }
    }
    groups.sort(
        Comparator.comparing((FailureGroup group) -> !group.isOpen())
            .thenComparing(Comparator.comparingInt(FailureGroup::failures).reversed()));
    return groups;
  }

  private static boolean isStuck(EndpointHealth health) {
    return switch (health.state()) {
      case WORKING, RATE_LIMITED, PAUSED -> false;
      case BACKING_OFF, FAILING, DISABLED -> true;
    };
  }
}
