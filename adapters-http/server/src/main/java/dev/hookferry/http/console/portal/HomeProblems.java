package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.http.console.portal.deliveries.NewestFailure;
import dev.hookferry.http.console.portal.deliveries.NewestTests;
import dev.hookferry.http.console.portal.deliveries.Remedy;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.console.portal.deliveries.TimedText;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.figures.BacklogPart;
import dev.hookferry.http.console.portal.figures.CustomerBacklog;
import dev.hookferry.http.console.portal.notices.ProblemView;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Explanation, on the first page, of what is wrong with several endpoints: how many are affected,
 * the worst with their causes, and a line for each in the list of endpoints. A single endpoint has
 * a notice instead.
 *
 * @param text how many deliveries failed, and to how many endpoints; empty unless to several
 * @param worst the worst endpoints, with their causes
 * @param more how many others there are, as text; empty if there are none
 * @param lines the problem of each endpoint, by its id
 */
public record HomeProblems(
    String text, List<Worst> worst, String more, Map<String, ProblemView> lines) {
  private static final Duration RECENT = Duration.ofDays(1);

  /** Maximum number of endpoints whose newest attempt is looked up. */
  private static final int MAX = 10;

  /** Number of endpoints listed with their causes; a single additional one is listed too. */
  private static final int SHOWN = 3;

  /**
   * One of the endpoints that most need attention.
   *
   * @param cause why deliveries do not arrive; empty if unknown
   * @param hint a hint at what to check; empty if there is none
   * @param until when sending continues if it is rate limited; empty otherwise
   * @param counts its deliveries that did not arrive, by state
   */
  public record Worst(
      String endpoint,
      String name,
      String cause,
      String hint,
      TimedText until,
      List<BacklogPart> counts) {}

  /**
   * Returns the endpoints, those that most need attention first.
   *
   * @param tests the tests of endpoints that received nothing else
   */
  static List<Endpoint> worstFirst(
      List<Endpoint> endpoints,
      CustomerBacklog backlog,
      Function<Endpoint, EndpointHealth> health,
      NewestTests tests) {
    return endpoints.stream()
        .sorted(
            Comparator.<Endpoint, Boolean>comparing(
                    one -> !needsSomeone(health.apply(one)) && !tests.hasFailed(one))
                .thenComparing(one -> -ProblemHeadline.undelivered(one, backlog)))
        .toList();
  }

  private static boolean needsSomeone(EndpointHealth health) {
    return health.state() == EndpointHealth.State.DISABLED || TranslatedReasons.isFailing(health);
  }

  /**
   * Returns the problems.
   *
   * @param endpoints the endpoints, those that most need attention first
   */
  static HomeProblems of(
      Webhooks webhooks,
      PortalVisit visit,
      CustomerBacklog backlog,
      PortalNotices notices,
      List<Endpoint> endpoints) {
    List<Delivery> failed = backlog.failedSince(visit.now().minus(RECENT)).data();
    Map<EndpointId, Delivery> newest = new LinkedHashMap<>();
    failed.forEach(one -> newest.putIfAbsent(one.endpoint(), one));
    List<Endpoint> affected = endpoints.stream().filter(notices::isAffected).toList();
    List<Endpoint> others =
        endpoints.stream()
            .filter(one -> newest.containsKey(one.id()) && !affected.contains(one))
            .toList();
    Map<String, ProblemView> lines = new LinkedHashMap<>();
    List<Endpoint> explained =
        endpoints.stream()
            .filter(one -> !affected.contains(one))
            .filter(one -> hasReason(webhooks.endpoints().health(one), newest.get(one.id())))
            .limit(MAX)
            .toList();
    addReasons(lines, explained, webhooks, visit, backlog);
    List<Endpoint> all = Stream.concat(affected.stream(), others.stream()).toList();
    if (all.size() < 2) {
      return new HomeProblems("", List.of(), "", lines);
    }
    affected.stream()
        .limit(MAX)
        .forEach(one -> lines.put(one.id().toString(), problem(one, webhooks, notices, visit)));
    Set<EndpointId> back =
        others.stream()
            .filter(one -> isBack(webhooks.endpoints().health(one)))
            .map(Endpoint::id)
            .collect(Collectors.toSet());
    List<Delivery> last = others.stream().map(one -> newest.get(one.id())).toList();
    causes(last, back, webhooks, visit)
        .forEach((id, one) -> lines.merge(id, one, ProblemView::caused));
    int shown = all.size() == SHOWN + 1 ? all.size() : SHOWN;
    int more = all.size() - shown;
    return new HomeProblems(
        ProblemHeadline.of(all, backlog, visit.words()),
        all.stream().limit(shown).map(one -> worst(one, lines, backlog, visit.words())).toList(),
        more > 0 ? visit.words().count("notice.more", more, false) : "",
        lines);
  }

  private static void addReasons(
      Map<String, ProblemView> lines,
      List<Endpoint> endpoints,
      Webhooks webhooks,
      PortalVisit visit,
      CustomerBacklog backlog) {
    TranslatedReasons reasons = new TranslatedReasons(visit.words(), visit.now());
    for (Endpoint one : endpoints) {
      TimedText reason = NewestFailure.reason(webhooks, one, backlog, reasons);
      lines.put(one.id().toString(), ProblemView.of("", "", reason));
    }
  }

  /** Returns the CSS class of the sentence: wait if the endpoints are only rate limited. */
  public String tone() {
    boolean isLimited = worst.stream().noneMatch(one -> one.until().isEmpty());
    return more.isEmpty() && isLimited ? "wait" : "bad";
  }

  /** Returns whether failed deliveries to any of the endpoints can be retried immediately. */
  public boolean isReady() {
    return lines.values().stream()
        .allMatch(one -> one.remedy() == Remedy.NONE || one.remedy() == Remedy.RETRY);
  }

  /** Explains why the newest test did not arrive, for endpoints that received only tests. */
  void add(NewestTests tests, TranslatedReasons reasons) {
    tests
        .failed()
        .forEach(
            (id, test) ->
                lines.putIfAbsent(
                    id.toString(),
                    ProblemView.of(reasons.cause(test), reasons.hint(test), TimedText.EMPTY)));
  }

  /** Returns whether an endpoint that needs no action has a reason to show. */
  private static boolean hasReason(EndpointHealth health, @Nullable Delivery failed) {
    return health.isRetrying()
        || (failed == null && health.state() == EndpointHealth.State.RATE_LIMITED);
  }

  private static Worst worst(
      Endpoint endpoint, Map<String, ProblemView> lines, CustomerBacklog backlog, Words words) {
    ProblemView problem = lines.getOrDefault(endpoint.id().toString(), ProblemView.NONE);
    return new Worst(
        endpoint.id().toString(),
        ShortName.of(endpoint),
        problem.cause(),
        problem.hint(),
        problem.isLimited() ? problem.since() : TimedText.EMPTY,
        BacklogPart.briefly(endpoint.id(), backlog, !endpoint.enabled(), words));
  }

  /** Returns why some deliveries failed, by endpoint. */
  private static Map<String, ProblemView> causes(
      List<Delivery> failed, Set<EndpointId> back, Webhooks webhooks, PortalVisit visit) {
    TranslatedReasons reasons = new TranslatedReasons(visit.words(), visit.now());
    Map<String, ProblemView> causes = new LinkedHashMap<>();
    if (!failed.isEmpty()) {
      LastAttempts attempts =
          LastAttempts.ofAll(failed.get(0).site(), failed, webhooks.deliveries());
      for (Delivery one : failed) {
        Attempt attempt = attempts.of(one);
        String cause = attempt == null ? "" : reasons.cause(attempt);
        String hint = attempt == null || cause.isEmpty() ? "" : reasons.hint(attempt);
        ProblemView now =
            back.contains(one.endpoint())
                ? past(attempt, cause, visit)
                : ProblemView.of(cause, hint, TimedText.EMPTY);
        causes.put(one.endpoint().toString(), now);
      }
    }
    return causes;
  }

  /** Returns whether an endpoint with failed deliveries works again. */
  private static boolean isBack(EndpointHealth health) {
    return health.state() == EndpointHealth.State.WORKING && health.failures() == 0;
  }

  /** Returns the note that an endpoint works again, with the end of the outage. */
  private static ProblemView past(@Nullable Attempt last, String cause, PortalVisit visit) {
    Words words = visit.words();
    TimedText until =
        last == null || cause.isEmpty()
            ? TimedText.EMPTY
            : TimedText.headline(
                words.text("trouble.failed-until", TimedText.TIME, cause),
                words.clockAgo(last.startedAt(), visit.now()));
    String text = words.text("trouble.works");
    return new ProblemView(
        text, "", TimedText.EMPTY, DisplayTime.EMPTY, until, true, false, Remedy.NONE);
  }

  private static ProblemView problem(
      Endpoint endpoint, Webhooks webhooks, PortalNotices notices, PortalVisit visit) {
    Words words = visit.words();
    var notice = notices.notice(endpoint);
    int stopped = notices.blocked(endpoint);
    String cause;
    String hint = "";
    if (notices.isOurs(endpoint)) {
      cause = words.text("reason.ours");
    } else if (endpoint.filter() != null && endpoint.filter().problem().isPresent()) {
      cause = words.text("trouble.filter");
    } else if (notices.isUntested(endpoint)) {
      cause = words.text("trouble.moved");
    } else if (stopped > 0) {
      cause = words.count("trouble.blocked", stopped, false);
    } else {
      TranslatedReasons reasons = new TranslatedReasons(words, visit.now());
      Optional<Attempt> newest = NewestFailure.attempt(webhooks, endpoint);
      cause = newest.map(reasons::cause).orElse("");
      hint = newest.map(reasons::hint).orElse("");
    }
    return new ProblemView(
        cause,
        hint,
        since(endpoint, notices, visit),
        notice.next(),
        cause.isEmpty() && NewestFailure.hasArrived(webhooks, endpoint)
            ? TimedText.of(words.text("trouble.tested"))
            : TimedText.EMPTY,
        false,
        notices.limitedUntil(endpoint).isPresent(),
        notice.remedy());
  }

  /**
   * Returns when an endpoint will be disabled, or when sending to it continues, or else when it
   * began to fail or was disabled.
   */
  private static TimedText since(Endpoint endpoint, PortalNotices notices, PortalVisit visit) {
    Instant end = endpoint.status().disablesAt();
    Instant limited = notices.limitedUntil(endpoint).orElse(null);
    Instant at = end == null ? notices.since(endpoint) : end;
    String key = end == null ? "trouble.since" : "trouble.ending";
    if (limited != null) {
      at = limited;
      key = "trouble.limited";
    }
    return at == null
        ? TimedText.EMPTY
        : TimedText.headline(
            visit.words().text(key, TimedText.TIME), visit.words().clock(at, visit.now()));
  }
}
