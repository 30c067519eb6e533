package dev.hookferry;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.HealthView;
import dev.hookferry.internal.problem.FailureTracker;
import dev.hookferry.internal.problem.ProblemNotes;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointProblem;
import dev.hookferry.observe.ProblemNote;
import dev.hookferry.observe.Undelivered;
import dev.hookferry.observe.UndeliveredCounts;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.site.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The failures of a site by endpoint and cause, each since the endpoint's last success, and users'
 * notes about them. Failures are counted as they happen; those of other nodes are at most a minute
 * old. Notes are entries of the audit log, so every node has them; they change nothing about
 * deliveries. Thread-safe; calls block on the store and throw {@link
 * dev.hookferry.store.StoreException} if it fails.
 */
public final class EndpointProblems {
  private static final Pattern CAUSE = Pattern.compile("[a-z0-9_]{1,64}");
  private static final Pattern CURSOR = Pattern.compile("ep_[0-9a-z]{26}\\.[a-z0-9_]{1,64}");
  private static final int MAX_NAMED = 200;
  private static final int MAX_COUNTED_ALONE = 50;
  private static final int NEWEST_ATTEMPTS = 100;
  private static final Comparator<EndpointProblem> NEWEST_FIRST =
      Comparator.comparing(EndpointProblem::key).reversed();

  private final CoreServices services;

  EndpointProblems(CoreServices services) {
    this.services = services;
  }

  /** Returns all problems of a site, in the order {@link EndpointProblem#MOST_URGENT_FIRST}. */
  public List<EndpointProblem> all(SiteId site) {
    Site current = services.configHolder().site(site);
    Map<Endpoint, FailureTracker.CurrentFailures> failing = new LinkedHashMap<>();
    Set<EndpointId> ordered = new HashSet<>();
    for (Endpoint endpoint : new Endpoints(services).all(site)) {
      FailureTracker.CurrentFailures found = found(endpoint);
      if (!found.causes().isEmpty() || isStuck(HealthView.of(services, endpoint, current))) {
        failing.put(endpoint, found);
      }
      if (endpoint.order().isByKey()) {
        ordered.add(endpoint.id());
      }
    }
    if (failing.isEmpty() && ordered.isEmpty()) {
      return List.of();
    }
    UndeliveredCounts counts = undelivered(site, failing.keySet(), ordered);
    ordered.stream()
        .filter(id -> counts.of(id).blockedKeys() > 0)
        .map(services.configHolder().config().endpoints()::get)
        .forEach(one -> failing.computeIfAbsent(one, this::found));
    if (failing.isEmpty()) {
      return List.of();
    }
    Instant now = services.clock().instant();
    ProblemContext around =
        new ProblemContext(notes(site, now), byEndpoint(failing.keySet(), counts), now);
    List<EndpointProblem> problems = new ArrayList<>();
    failing.forEach(
        (endpoint, found) ->
            problems.addAll(around.problems(endpoint, health(endpoint, current, found), found)));
    problems.sort(EndpointProblem.MOST_URGENT_FIRST);
    return problems;
  }

  /**
   * Returns problems of a site, those of the newest endpoint first. A problem that begins or ends
   * between two pages may be missing.
   *
   * @param status of the problems, or null for any
   * @param endpoint the endpoint whose problems are listed, or null for all endpoints
   */
  public Page<EndpointProblem> list(
      SiteId site,
      EndpointProblem.@Nullable Status status,
      @Nullable EndpointId endpoint,
      PageRequest page) {
    String after = Objects.requireNonNull(page, "page").cursor();
    if (after != null && !CURSOR.matcher(after).matches()) {
      throw InvalidException.of(
          "cursor", "is not a cursor of this list; start with the first page");
    }
    List<EndpointProblem> rest =
        all(site).stream()
            .filter(problem -> status == null || problem.status() == status)
            .filter(problem -> endpoint == null || problem.endpoint().id().equals(endpoint))
            .filter(problem -> after == null || problem.key().compareTo(after) < 0)
            .sorted(NEWEST_FIRST)
            .limit(page.limit() + 1L)
            .toList();
    boolean isMore = rest.size() > page.limit();
    List<EndpointProblem> data = isMore ? rest.subList(0, page.limit()) : rest;
    return new Page<>(data, isMore ? data.get(data.size() - 1).key() : null);
  }

  /**
   * Notes that the caller knows of a cause. It holds until the endpoint's next success. The cause
   * must be one of the endpoint's problems, or that of one of its newest 100 attempts: a problem
   * may have ended since the caller saw it, or this node may not know of it yet.
   *
   * @param cause of the failures: a status code, or the code of an {@link
   *     dev.hookferry.delivery.OutcomeKind}; 1 to 64 characters of {@code a-z0-9_}
   * @throws InvalidException if the cause is malformed or the endpoint does not have it
   * @throws dev.hookferry.refusal.NotFoundException if there is no such endpoint
   */
  public ProblemNote acknowledge(SiteId site, EndpointId endpoint, String cause) {
    requireBoth(site, endpoint);
    if (!CAUSE.matcher(Objects.requireNonNull(cause, "cause")).matches()) {
      throw InvalidException.of("cause", "must be a status code or an outcome, such as timeout");
    }
    if (!hasProblem(site, services.configHolder().endpoint(site, endpoint), cause)) {
      throw InvalidException.of(
          "cause",
          "must be the cause of a problem of "
              + endpoint
              + ", as problems list shows it, not "
              + cause);
    }
    FieldChange change = new FieldChange("cause", null, cause);
    return note(AuditAction.PROBLEM_ACKNOWLEDGED, site, endpoint, null, change);
  }

  private FailureTracker.CurrentFailures found(Endpoint endpoint) {
    return services.process().history().failures().failures(endpoint.id());
  }

  private boolean hasProblem(SiteId site, Endpoint endpoint, String cause) {
    FailureTracker.CurrentFailures found = found(endpoint);
    if (found.causes().stream().anyMatch(known -> known.code().equals(cause))) {
      return true;
    }
    EndpointHealth health = HealthView.of(services, endpoint, services.configHolder().site(site));
    boolean isStuck = isStuck(health);
    if (cause.equals(isStuck ? health.state().code() : EndpointProblem.BLOCKED_KEYS)) {
      return isStuck || isBlocked(endpoint);
    }
    AttemptQuery newest = AttemptQuery.ofSite(site).endpoint(endpoint.id()).limit(NEWEST_ATTEMPTS);
    return services.store().log().attempts(newest).data().stream()
        .map(Attempt::outcome)
        .anyMatch(outcome -> !outcome.isSuccess() && FailureTracker.code(outcome).equals(cause));
  }

  private boolean isBlocked(Endpoint endpoint) {
    PageRequest one = PageRequest.of(1);
    return !new BlockedKeys(services).list(endpoint.site(), endpoint.id(), one).data().isEmpty();
  }

  /**
   * Hides an endpoint's problems for a time from those that need attention.
   *
   * @param until in the future, at most 90 days ahead; cut to whole seconds
   * @throws InvalidException if the time is out of bounds
   * @throws dev.hookferry.refusal.NotFoundException if there is no such endpoint
   */
  public ProblemNote mute(SiteId site, EndpointId endpoint, Instant until) {
    requireBoth(site, endpoint);
    Objects.requireNonNull(until, "until");
    Instant end = ProblemNotes.endOfMute(until, services.clock().instant());
    FieldChange change = new FieldChange("until", null, end.toString());
    return note(AuditAction.PROBLEM_MUTED, site, endpoint, end, change);
  }

  /**
   * Ends a mute; no effect, and no audit entry, if there is none.
   *
   * @throws dev.hookferry.refusal.NotFoundException if there is no such endpoint
   */
  public void unmute(SiteId site, EndpointId endpoint) {
    requireBoth(site, endpoint);
    services.configHolder().endpoint(site, endpoint);
    Instant now = services.clock().instant();
    if (notes(site, now).mute(endpoint, now) != null) {
      ProblemNote unused = note(AuditAction.PROBLEM_UNMUTED, site, endpoint, null);
    }
  }

  private ProblemNotes notes(SiteId site, Instant now) {
    return ProblemNotes.of(services.store().audit(), site, now, services.process().notes());
  }

  private static void requireBoth(SiteId site, EndpointId endpoint) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
  }

  private ProblemNote note(
      AuditAction action,
      SiteId site,
      EndpointId endpoint,
      @Nullable Instant until,
      FieldChange... changes) {
    services.configHolder().endpoint(site, endpoint);
    services.auditRecorder().done(action, site, endpoint.toString(), List.of(changes));
    return new ProblemNote(services.actor().name(), services.clock().instant(), until);
  }

  private EndpointHealth health(
      Endpoint endpoint, Site site, FailureTracker.CurrentFailures found) {
    return HealthView.of(services, endpoint, site).withFailures(found.consecutive());
  }

  private static boolean isStuck(EndpointHealth health) {
    return switch (health.state()) {
      case WORKING, RATE_LIMITED, PAUSED -> false;
      case BACKING_OFF, FAILING, DISABLED -> true;
    };
  }

  private UndeliveredCounts undelivered(
      SiteId site, Set<Endpoint> failing, Set<EndpointId> ordered) {
    Set<EndpointId> ids = new HashSet<>(ordered);
    failing.forEach(endpoint -> ids.add(endpoint.id()));
    EndpointScope scope = ids.size() > MAX_NAMED ? EndpointScope.ALL : EndpointScope.only(ids);
    return UndeliveredCounts.of(
        DeliveryQuery.ofSite(site).endpoints(scope), ordered, new Deliveries(services)::list);
  }

  /** Counts each endpoint exactly if the joint count was cut off, unless there are too many. */
  private Map<EndpointId, Undelivered> byEndpoint(Set<Endpoint> some, UndeliveredCounts counts) {
    if (counts.all().more() && some.size() <= MAX_COUNTED_ALONE) {
      return UndeliveredCounts.ofEach(some, new Deliveries(services)::list);
    }
    Map<EndpointId, Undelivered> found = new HashMap<>();
    some.forEach(one -> found.put(one.id(), counts.of(one.id())));
    return found;
  }

  /** Adds the facts that the failures do not contain. */
  private record ProblemContext(
      ProblemNotes notes, Map<EndpointId, Undelivered> undelivered, Instant now) {
    List<EndpointProblem> problems(
        Endpoint endpoint, EndpointHealth health, FailureTracker.CurrentFailures found) {
      if (found.causes().isEmpty()) {
        String cause = isStuck(health) ? health.state().code() : EndpointProblem.BLOCKED_KEYS;
        return List.of(problem(endpoint, health, cause, null));
      }
      return found.causes().stream()
          .map(cause -> problem(endpoint, health, cause.code(), cause.failures()))
          .toList();
    }

    private EndpointProblem problem(
        Endpoint endpoint,
        EndpointHealth health,
        String cause,
        EndpointProblem.@Nullable Failures failures) {
      Instant since = failures == null ? begin(endpoint) : failures.since();
      return new EndpointProblem(
          endpoint,
          health,
          cause,
          failures,
          undelivered.getOrDefault(endpoint.id(), Undelivered.NONE),
          notes.acknowledgement(endpoint.id(), cause, since),
          notes.mute(endpoint.id(), now));
    }

    /** Returns the time since when an endpoint may have had a problem without a known failure. */
    private static Instant begin(Endpoint endpoint) {
      Instant since = endpoint.status().since();
      return since == null ? endpoint.createdAt() : since;
    }
  }
}
