package dev.hookferry.http.console.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Explanation of why some deliveries that match a filter cannot be retried together, and what to
 * do.
 *
 * @param text the reason, in sentences
 * @param path the page that helps, relative to the site; empty if nothing needs to be done
 * @param link the text of the link to that page
 */
public record RetryHint(String text, String path, String link) {
  private static final Set<DeliveryState> STATES =
      EnumSet.of(DeliveryState.HELD, DeliveryState.WAITING, DeliveryState.BLOCKED);

  /** Number of consecutive failures after which another failure is likely. */
  private static final int SEVERAL = 3;

  private static final int MAX_NAMED = 3;

  /**
   * Returns the hints for a filter; counts the newest 500 deliveries.
   *
   * @param isOneState whether the user retries the deliveries in one state of the retry queue
   */
  static List<RetryHint> of(Webhooks webhooks, DeliveryQuery filter, boolean isOneState) {
    Set<DeliveryState> states = EnumSet.copyOf(STATES);
    if (isOneState && !filter.states().contains(DeliveryState.BLOCKED)) {
      return List.of();
    }
    if (isOneState) {
      states.remove(DeliveryState.HELD);
    }
    boolean includesOpen =
        filter.states().contains(DeliveryState.PENDING)
            || filter.states().contains(DeliveryState.BLOCKED);
    if (!includesOpen) {
      // Users who filter for ended deliveries do not expect waiting ones.
      states.retainAll(filter.states());
    }
    if (states.isEmpty()) {
      return List.of();
    }
    DeliveryQuery query = filter.states(states).limit(PageRequest.MAX_LIMIT).after(null);
    Page<Delivery> found = webhooks.deliveries().list(query);
    List<RetryHint> hints = new ArrayList<>();
    held(webhooks, found).ifPresent(hints::add);
    ordered(found, filter.states().contains(DeliveryState.BLOCKED)).ifPresent(hints::add);
    return hints;
  }

  /**
   * Returns warnings about paused or disabled endpoints, where deliveries wait, and about others
   * whose last attempts failed. Only the first endpoints are named.
   *
   * @param ids the endpoints to which deliveries would be sent
   */
  static List<RetryHint> failing(Webhooks webhooks, SiteId site, Set<EndpointId> ids) {
    EndpointList list = new EndpointList(webhooks, site);
    List<Endpoint> troubled =
        ids.stream()
            .flatMap(id -> list.find(id).stream())
            .filter(one -> !one.enabled() || failures(webhooks, one) >= SEVERAL)
            .sorted(Comparator.comparing(Endpoint::enabled).thenComparing(Endpoint::name))
            .toList();
    List<RetryHint> hints = new ArrayList<>();
    for (Endpoint one : troubled.subList(0, Math.min(MAX_NAMED, troubled.size()))) {
      String text = one.enabled() ? failing(webhooks, one) : stopped(webhooks, one);
      String link = one.enabled() ? "Open endpoint" : "Resume…";
      hints.add(new RetryHint(one.name() + text, "/endpoints/" + one.id(), link));
    }
    int others = troubled.size() - hints.size();
    if (others > 0) {
      String more = others == 1 ? " more endpoint is" : " more endpoints are";
      String text = others + more + " failing, paused or disabled.";
      hints.add(new RetryHint(text, "/problems", "Problems"));
    }
    return hints;
  }

  private static int failures(Webhooks webhooks, Endpoint endpoint) {
    return webhooks.endpoints().health(endpoint).failures();
  }

  private static String failing(Webhooks webhooks, Endpoint endpoint) {
    EndpointHealth health = webhooks.endpoints().health(endpoint);
    if (health.state() == EndpointHealth.State.RATE_LIMITED && !health.isFailing()) {
      return " is rate limited: its deliveries are sent as fast as it accepts them.";
    }
    return ": the last "
        + NumberText.of(health.failures())
        + " attempts failed, so these will probably fail as well.";
  }

  private static String stopped(Webhooks webhooks, Endpoint endpoint) {
    return " is "
        + webhooks.endpoints().health(endpoint).state().label()
        + ": its deliveries wait until it is resumed.";
  }

  private static List<Delivery> in(DeliveryState state, Page<Delivery> found) {
    return found.data().stream().filter(one -> one.state() == state).toList();
  }

  private static String counted(int count, Page<Delivery> found, String one, String many) {
    boolean more = found.next() != null;
    return WaitingDeliveries.text(count, more) + (count == 1 && !more ? one : many);
  }

  private static Optional<RetryHint> held(Webhooks webhooks, Page<Delivery> found) {
    List<Delivery> held = in(DeliveryState.HELD, found);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    String begin = counted(held.size(), found, " delivery is on hold", " deliveries are on hold");
    Set<EndpointId> ids = held.stream().map(Delivery::endpoint).collect(Collectors.toSet());
    EndpointList targets = new EndpointList(webhooks, held.get(0).site());
    Optional<Endpoint> only =
        ids.size() > 1 ? Optional.empty() : targets.find(held.get(0).endpoint());
    if (only.isEmpty()) {
      return Optional.of(
          new RetryHint(
              begin + ", because endpoints are paused or disabled. Resume them to send these.",
              "/endpoints",
              "Endpoints"));
    }
    EndpointHealth health = webhooks.endpoints().health(only.get());
    boolean isOwn = !only.get().enabled();
    String why =
        isOwn
            ? targets.name(only.get().id())
                + " is "
                + health.state().label()
                + ". Resume it to send "
            : health.reason() + ". Turn that on to send ";
    return Optional.of(
        new RetryHint(
            begin + " because " + why + (held.size() == 1 ? "it." : "them."),
            isOwn ? "/endpoints/" + only.get().id() : "/settings",
            isOwn ? "Resume…" : "Site settings"));
  }

  /**
   * Returns the hint for ordered deliveries.
   *
   * @param isChoice whether the user can choose blocked ones
   */
  private static Optional<RetryHint> ordered(Page<Delivery> found, boolean isChoice) {
    List<Delivery> blocked = in(DeliveryState.BLOCKED, found);
    int waiting = in(DeliveryState.WAITING, found).size();
    if (blocked.isEmpty()) {
      return waiting == 0
          ? Optional.empty()
          : Optional.of(
              new RetryHint(
                  counted(waiting, found, " delivery waits", " deliveries wait")
                      + " behind earlier ones with the same ordering key, and"
                      + (waiting == 1 ? " follows." : " follow."),
                  "",
                  ""));
    }
    Set<EndpointId> ids = blocked.stream().map(Delivery::endpoint).collect(Collectors.toSet());
    String behind = counted(waiting, found, " waits", " wait");
    boolean isOne = blocked.size() == 1;
    String them = isOne ? "it" : "them";
    return Optional.of(
        new RetryHint(
            counted(blocked.size(), found, " delivery blocks", " deliveries block")
                + (isOne ? " its ordering key, and " : " their ordering keys, and ")
                + behind
                + (isOne ? " behind it." : " behind them.")
                + (isChoice ? " Retry " + them + " here, or skip " + them + " in the" : ""),
            "/retry-queue?state=blocked"
                + (ids.size() == 1 ? "&endpoint=" + blocked.get(0).endpoint() : ""),
            isChoice ? "retry queue" : "Retry or skip " + them + "…"));
  }
}
