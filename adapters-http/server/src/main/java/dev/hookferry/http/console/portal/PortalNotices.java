package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.portal.PortalReasons;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealth.State;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.PageRequest;
import dev.hookferry.replay.ReplayWindow;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells a customer of endpoints that fail or are disabled, and what helps. */
public final class PortalNotices {
  private static final int MOST = 5;

  /** Stands in a text for the time of a state. */
  private static final String SINCE = "\n";

  private final Webhooks webhooks;
  private final PortalAccess access;
  private final Words words;
  private final Instant now;
  private final String product;
  private final Map<EndpointId, Integer> blocked = new HashMap<>();

  PortalNotices(Webhooks webhooks, PortalVisit visit) {
    this.webhooks = webhooks;
    access = visit.access();
    words = visit.words();
    now = visit.now();
    String name = visit.site().settings().productName();
    product = name.isEmpty() ? words.text("notice.provider") : name;
  }

  /** What a visitor can do about an endpoint at once. */
  public enum Remedy {
    /** Nothing here: it is not permitted, or nothing needs to be done. */
    NONE,
    /** To send failed deliveries again. */
    RETRY,
    /** To send the deliveries again that block their ordering keys. */
    UNBLOCK,
    /** To resume the endpoint. */
    RESUME,
    /** To change the endpoint. */
    CHANGE
  }

  /**
   * A notice.
   *
   * @param endpoint the endpoint's id
   * @param tone its class: bad or wait
   * @param text what is wrong, up to the time
   * @param since when the endpoint was disabled; empty if it was not
   * @param rest the text after the time; may be empty
   * @param quote the newest failure; may be empty
   * @param help what to do, or whom to ask
   */
  public record Notice(
      String endpoint,
      String tone,
      String text,
      DisplayTime since,
      String rest,
      String quote,
      String help,
      Remedy remedy) {}

  /**
   * The notices of a page.
   *
   * @param all the first few
   * @param more a sentence about those that are left out; empty if none are
   */
  public record Shown(List<Notice> all, String more) {}

  /** Returns the notices about these endpoints. */
  Shown of(List<Endpoint> endpoints) {
    blocked.putAll(blocked(endpoints));
    List<Endpoint> affected = endpoints.stream().filter(this::isAffected).toList();
    int more = Math.max(0, affected.size() - MOST);
    return new Shown(
        affected.stream().limit(MOST).map(this::notice).toList(),
        more == 0 ? "" : words.count("notice.more", more, false));
  }

  /** Counts the newest 500 deliveries that block their ordering keys, by endpoint. */
  private Map<EndpointId, Integer> blocked(List<Endpoint> endpoints) {
    Set<EndpointId> ordered =
        endpoints.stream()
            .filter(endpoint -> endpoint.order().isByKey())
            .map(Endpoint::id)
            .collect(Collectors.toSet());
    if (ordered.isEmpty()) {
      return Map.of();
    }
    DeliveryQuery query =
        DeliveryQuery.ofSite(access.session().site())
            .state(DeliveryState.BLOCKED)
            .endpoints(EndpointScope.only(ordered))
            .limit(PageRequest.MAX_LIMIT);
    return access.deliveries(query).data().stream()
        .collect(Collectors.toMap(Delivery::endpoint, one -> 1, Integer::sum));
  }

  private boolean isAffected(Endpoint endpoint) {
    EndpointHealth health = webhooks.endpoints().health(endpoint);
    return health.state() == State.DISABLED
        || health.isFailing()
        || blocked.containsKey(endpoint.id())
        || endpoint.status().disablesAt() != null;
  }

  private Notice notice(Endpoint endpoint) {
    EndpointHealth health = webhooks.endpoints().health(endpoint);
    if (health.state() == State.DISABLED) {
      return disabled(endpoint, health);
    }
    Instant end = endpoint.status().disablesAt();
    if (end == null && PortalReasons.isOurs(endpoint, health)) {
      String text = words.text("notice.ours", endpoint.name());
      return notice(endpoint, "wait", text, words.text("notice.ours-help"), Remedy.NONE);
    }
    if (end != null) {
      return failing(endpoint, words.text("notice.ending", endpoint.name(), words.exact(end)));
    }
    if (!health.isFailing()) {
      return failing(endpoint, words.text("notice.stopped", endpoint.name()));
    }
    String reason = new TranslatedReasons(words, now).of(endpoint, health);
    String text = words.text("notice.failing", endpoint.name(), reason);
    boolean isByFilter = endpoint.filter() != null && endpoint.filter().problem().isPresent();
    return isByFilter ? unreadable(endpoint, text) : failing(endpoint, text);
  }

  private Notice disabled(Endpoint endpoint, EndpointHealth health) {
    boolean may = access.can(PortalCapability.MANAGE, endpoint);
    String key = TranslatedReasons.isGone(health) ? "notice.gone" : "notice.disabled";
    Instant since = endpoint.status().since();
    String text = words.text(key, endpoint.name(), SINCE);
    int at = text.indexOf(SINCE);
    return new Notice(
        endpoint.id().toString(),
        "bad",
        text.substring(0, at),
        since == null ? DisplayTime.EMPTY : words.time(since, now),
        text.substring(at + SINCE.length()),
        newest(endpoint),
        may ? words.text("notice.resume-help") : words.text("notice.ask-resume", product),
        may ? Remedy.RESUME : Remedy.NONE);
  }

  /** Returns the newest failure of an endpoint; empty if its newest attempt succeeded. */
  private String newest(Endpoint endpoint) {
    AttemptQuery query = AttemptQuery.ofSite(endpoint.site()).endpoint(endpoint.id()).limit(1);
    return webhooks.deliveries().attempts(query).data().stream()
        .filter(attempt -> !attempt.outcome().isSuccess())
        .map(new TranslatedReasons(words, now)::quoted)
        .filter(quoted -> !quoted.isEmpty())
        .map(quoted -> words.text("response.newest", quoted))
        .findFirst()
        .orElse("");
  }

  private Notice unreadable(Endpoint endpoint, String text) {
    boolean may = access.can(PortalCapability.MANAGE, endpoint);
    String help = may ? words.text("notice.change-help") : words.text("notice.ask-change", product);
    return notice(endpoint, "bad", text, help, may ? Remedy.CHANGE : Remedy.NONE);
  }

  private Notice failing(Endpoint endpoint, String text) {
    Integer stopped = blocked.get(endpoint.id());
    if (stopped != null) {
      boolean may = access.can(PortalCapability.RETRY);
      String help =
          may
              ? words.count("notice.blocked-help", stopped, false)
              : words.count("notice.ask-blocked", stopped, false, product);
      return notice(endpoint, "bad", text, help, may ? Remedy.UNBLOCK : Remedy.NONE);
    }
    if (!hasFailed(endpoint)) {
      return notice(endpoint, "bad", text, words.text("notice.wait-help"), Remedy.NONE);
    }
    boolean may = access.can(PortalCapability.RETRY);
    String help = may ? words.text("notice.retry-help") : words.text("notice.ask-retry", product);
    return notice(endpoint, "bad", text, help, may ? Remedy.RETRY : Remedy.NONE);
  }

  /** Returns whether there is a delivery that can be sent again. */
  private boolean hasFailed(Endpoint endpoint) {
    DeliveryQuery failed =
        DeliveryQuery.ofSite(access.session().site())
            .endpoint(endpoint.id())
            .states(ReplayWindow.FAILED)
            .limit(1);
    return !access.deliveries(failed).data().isEmpty();
  }

  private Notice notice(Endpoint endpoint, String tone, String text, String help, Remedy remedy) {
    String quote = tone.equals("bad") ? newest(endpoint) : "";
    String id = endpoint.id().toString();
    return new Notice(id, tone, text, DisplayTime.EMPTY, "", quote, help, remedy);
  }
}
