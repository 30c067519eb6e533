package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.deliveries.LastAttempts;
import dev.hookferry.http.console.portal.PortalNotices.Remedy;
import dev.hookferry.http.console.portal.deliveries.NewestFailure;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.figures.CustomerBacklog;
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
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Says on the first page what is wrong with several endpoints: all in one sentence, and each in a
 * line of its own in their list. A single endpoint has a notice instead.
 *
 * @param text which endpoints did not receive all events; empty if no more than one
 * @param lines what is wrong, by the endpoint's id
 */
public record PortalTroubles(String text, Map<String, Trouble> lines) {
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
   * @param detail that the newest attempts failed, although the endpoint works; may be empty
   * @param remedy what helps
   */
  public record Trouble(
      String cause, String phrase, DisplayTime at, DisplayTime next, String detail, Remedy remedy) {
    /** Returns what is known of an endpoint that works, and for which nobody has to do anything. */
    static Trouble of(String cause, String detail) {
      return new Trouble(cause, "", DisplayTime.EMPTY, DisplayTime.EMPTY, detail, Remedy.NONE);
    }
  }

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
    TranslatedReasons reasons = new TranslatedReasons(visit.words(), visit.now());
    Map<String, Trouble> lines = new LinkedHashMap<>();
    endpoints.stream()
        .filter(one -> !affected.contains(one))
        .filter(one -> NewestFailure.isUnsteady(webhooks.endpoints().health(one)))
        .limit(MOST)
        .forEach(
            one ->
                lines.put(
                    one.id().toString(),
                    Trouble.of("", NewestFailure.reason(webhooks, one, reasons))));
    List<Endpoint> all = Stream.concat(affected.stream(), others.stream()).toList();
    if (all.size() < 2) {
      return new PortalTroubles("", lines);
    }
    affected.stream()
        .limit(MOST)
        .forEach(one -> lines.put(one.id().toString(), trouble(one, webhooks, notices, visit)));
    List<Delivery> last = others.stream().map(one -> newest.get(one.id())).toList();
    causes(last, webhooks, reasons).forEach(lines::putIfAbsent);
    return new PortalTroubles(sentence(all, backlog, visit.words()), lines);
  }

  /** Returns why some deliveries failed, by endpoint. */
  private static Map<String, Trouble> causes(
      List<Delivery> failed, Webhooks webhooks, TranslatedReasons reasons) {
    Map<String, Trouble> causes = new LinkedHashMap<>();
    if (!failed.isEmpty()) {
      LastAttempts attempts =
          LastAttempts.ofAll(failed.get(0).site(), failed, webhooks.deliveries());
      for (Delivery one : failed) {
        Attempt attempt = attempts.of(one);
        String cause = attempt == null ? "" : reasons.cause(attempt);
        causes.put(one.endpoint().toString(), Trouble.of(cause, ""));
      }
    }
    return causes;
  }

  private static Trouble trouble(
      Endpoint endpoint, Webhooks webhooks, PortalNotices notices, PortalVisit visit) {
    Words words = visit.words();
    PortalNotices.Notice notice = notices.notice(endpoint);
    Instant end = endpoint.status().disablesAt();
    Instant since = notices.since(endpoint);
    int stopped = notices.blocked(endpoint);
    String cause;
    if (notices.isOurs(endpoint)) {
      cause = words.text("reason.ours");
    } else if (endpoint.filter() != null && endpoint.filter().problem().isPresent()) {
      cause = words.text("trouble.filter");
    } else if (stopped > 0) {
      cause = words.count("trouble.blocked", stopped, false);
    } else {
      TranslatedReasons reasons = new TranslatedReasons(words, visit.now());
      cause = NewestFailure.attempt(webhooks, endpoint).map(reasons::cause).orElse("");
    }
    Instant at = end == null ? since : end;
    return new Trouble(
        cause,
        words.text(end == null ? "trouble.since" : "trouble.ending"),
        at == null ? DisplayTime.EMPTY : words.time(at, visit.now()),
        notice.next(),
        "",
        notice.remedy());
  }

  /** Names the first two endpoints, and counts the others. */
  private static String sentence(List<Endpoint> troubled, CustomerBacklog backlog, Words words) {
    boolean isEach = troubled.stream().allMatch(one -> undelivered(one, backlog) > 0);
    String first = ShortName.of(troubled.get(0));
    String second = ShortName.of(troubled.get(1));
    int more = troubled.size() - 2;
    if (more == 0) {
      return words.text(isEach ? "summary.missed-two" : "summary.attention-two", first, second);
    }
    String key = isEach ? "summary.missed" : "summary.attention";
    return words.count(key, more, false, first, second);
  }
}
