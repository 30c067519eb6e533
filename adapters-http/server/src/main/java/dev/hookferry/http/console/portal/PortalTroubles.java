package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.deliveries.LastAttempts;
import dev.hookferry.http.console.portal.PortalNotices.Remedy;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.figures.CustomerBacklog;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Says on the first page what is wrong with several endpoints: all in one sentence, and each in a
 * line of its own in their list. A single endpoint has a notice instead.
 *
 * @param text how many endpoints have events that did not arrive; empty if no more than one
 * @param lines what is wrong, by the endpoint's id
 */
public record PortalTroubles(String text, Map<String, Trouble> lines) {
  private static final PortalTroubles NONE = new PortalTroubles("", Map.of());
  private static final Duration RECENT = Duration.ofDays(1);

  /** The endpoints whose newest attempt is looked up; of the others, the state has to say it. */
  private static final int MOST = 10;

  /**
   * What is wrong with an endpoint.
   *
   * @param cause why deliveries do not arrive; empty if its state says it
   * @param phrase what happens at the time: that it began then, or will be disabled
   * @param at the time; empty if it is not known
   * @param next when the next attempt is made; empty if none is, or that is not known
   * @param remedy what helps
   */
  public record Trouble(
      String cause, String phrase, DisplayTime at, DisplayTime next, Remedy remedy) {}

  /** Returns the endpoints with those first that need a person most. */
  static List<Endpoint> worstFirst(
      List<Endpoint> endpoints,
      CustomerBacklog backlog,
      Function<Endpoint, EndpointHealth> health) {
    return endpoints.stream()
        .sorted(
            Comparator.<Endpoint, Boolean>comparing(one -> !needsSomeone(health.apply(one)))
                .thenComparing(one -> -undelivered(one, backlog)))
        .toList();
  }

  private static boolean needsSomeone(EndpointHealth health) {
    return health.state() == EndpointHealth.State.DISABLED || TranslatedReasons.isFailing(health);
  }

  private static int undelivered(Endpoint endpoint, CustomerBacklog backlog) {
    return backlog.failed(endpoint.id()).known() + backlog.undelivered(endpoint.id()).total();
  }

  /**
   * Returns what is wrong.
   *
   * @param endpoints the endpoints, those that need a person most first
   */
  static PortalTroubles of(
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
    if (affected.size() + others.size() < 2) {
      return NONE;
    }
    Map<String, Trouble> lines = new LinkedHashMap<>();
    affected.stream()
        .limit(MOST)
        .forEach(one -> lines.put(one.id().toString(), trouble(one, notices, visit)));
    List<Delivery> last = others.stream().map(one -> newest.get(one.id())).toList();
    LastAttempts attempts =
        LastAttempts.ofAll(visit.access().session().site(), last, webhooks.deliveries());
    TranslatedReasons reasons = new TranslatedReasons(visit.words(), visit.now());
    for (Delivery one : last) {
      Attempt attempt = attempts.of(one);
      String cause = attempt == null ? "" : reasons.cause(attempt);
      lines.put(
          one.endpoint().toString(),
          new Trouble(cause, "", DisplayTime.EMPTY, DisplayTime.EMPTY, Remedy.NONE));
    }
    List<Endpoint> all = new ArrayList<>(affected);
    all.addAll(others);
    return new PortalTroubles(sentence(all, backlog, endpoints.size(), visit.words()), lines);
  }

  private static Trouble trouble(Endpoint endpoint, PortalNotices notices, PortalVisit visit) {
    Words words = visit.words();
    PortalNotices.Notice notice = notices.notice(endpoint);
    Instant end = endpoint.status().disablesAt();
    Instant since = notices.since(endpoint);
    int stopped = notices.blocked(endpoint);
    String cause;
    if (notice.tone().equals("wait")) {
      cause = words.text("reason.ours");
    } else if (endpoint.filter() != null && endpoint.filter().problem().isPresent()) {
      cause = words.text("trouble.filter");
    } else if (stopped > 0) {
      cause = words.count("trouble.blocked", stopped, false);
    } else {
      TranslatedReasons reasons = new TranslatedReasons(words, visit.now());
      cause = notices.newest(endpoint).map(reasons::cause).orElse("");
    }
    Instant at = end == null ? since : end;
    return new Trouble(
        cause,
        words.text(end == null ? "trouble.since" : "trouble.ending"),
        at == null ? DisplayTime.EMPTY : words.time(at, visit.now()),
        notice.next(),
        notice.remedy());
  }

  private static String sentence(
      List<Endpoint> troubled, CustomerBacklog backlog, int all, Words words) {
    boolean isEach = troubled.stream().allMatch(one -> undelivered(one, backlog) > 0);
    String key = isEach ? "summary.endpoints" : "summary.attention";
    return words.text(key, words.number(troubled.size()), words.number(all));
  }
}
