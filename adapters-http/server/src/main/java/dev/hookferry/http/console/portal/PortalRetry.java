package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ListFilters;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.portal.deliveries.BackToList;
import dev.hookferry.http.console.portal.deliveries.ListOrigin;
import dev.hookferry.http.console.portal.deliveries.MissedReview;
import dev.hookferry.http.console.portal.deliveries.NewestFailure;
import dev.hookferry.http.console.portal.deliveries.PortalFilter;
import dev.hookferry.http.console.portal.deliveries.PortalFollowUp;
import dev.hookferry.http.console.portal.deliveries.RetryKind;
import dev.hookferry.http.console.portal.deliveries.RetryReview;
import dev.hookferry.http.console.portal.deliveries.SentDeliveries;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.MissedEvents;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends deliveries again: one, those that were selected, or all that match a filter. */
final class PortalRetry {
  private static final String LIST = "/portal/deliveries";
  private static final String CONFIRMED = "confirmed";

  private final Webhooks webhooks;
  private final SentDeliveries sent;

  PortalRetry(Webhooks webhooks, SentDeliveries sent) {
    this.webhooks = webhooks;
    this.sent = sent;
  }

  /** Sends a delivery again, and leads to its page, which follows the attempt. */
  ConsoleReply one(PortalVisit visit, DeliveryId id) {
    Delivery delivery = visit.access().delivery(id);
    var unusedAccess = visit.access().requirePermitted(PortalCapability.RETRY);
    if (isUnconfirmed(visit, List.of(delivery))) {
      String page = LIST + "/" + id;
      BackToList list = visit.list();
      return question(visit, List.of(delivery), list.on(page + "/retry"), list.on(page));
    }
    String query = PortalFollowUp.query(visit.access().attempts(id));
    var unused = visit.access().retry(id).join();
    return ConsoleReply.seeOther(LIST + "/" + id + query);
  }

  private static boolean isUnconfirmed(PortalVisit visit, List<Delivery> chosen) {
    return !visit.form().has(CONFIRMED)
        && chosen.stream().anyMatch(one -> one.state() == DeliveryState.DELIVERED);
  }

  /** Asks before deliveries are sent again of which some have been delivered. */
  private static ConsoleReply question(
      PortalVisit visit, List<Delivery> chosen, String action, String back) {
    Words words = visit.words();
    long delivered = chosen.stream().filter(d -> d.state() == DeliveryState.DELIVERED).count();
    String text =
        chosen.size() == 1
            ? words.text("again.one")
            : words.count("again.some", delivered, false, words.number(chosen.size()));
    List<String> ids = chosen.stream().map(one -> one.id().toString()).toList();
    PortalFrame frame = visit.frame("again.title");
    return TemplateRenderer.page(
        (out, i) -> JtePortalAgainGenerated.render(out, i, frame, text, ids, action, back));
  }

  /** Returns whether a form selects no delivery. */
  static boolean isNothingSelected(PortalVisit visit) {
    return !visit.form().has("all") && visit.form().texts("id").isEmpty();
  }

  /**
   * Sends the selected deliveries again, or all of the chosen kinds that match the filter, and
   * leads to a page that follows them.
   */
  ConsoleReply many(PortalVisit visit) {
    PortalAccess access = visit.access().requirePermitted(PortalCapability.RETRY);
    List<Delivery> chosen = visit.form().has("all") ? matching(visit) : selected(visit);
    if (chosen.isEmpty() && visit.form().has("all")) {
      return review(visit);
    }
    ListOrigin back = ListOrigin.of(visit.query(), access, visit.words());
    if (chosen.isEmpty()) {
      return PortalNote.NONE_RETRIED.on(LIST);
    }
    if (isUnconfirmed(visit, chosen)) {
      return question(visit, chosen, LIST + "/retry" + back.query(), back.path());
    }
    int done = access.retryAll(chosen.stream().map(Delivery::id).toList());
    int absent = visit.form().has("all") ? 0 : ids(visit).size() - chosen.size();
    String list =
        sent.keep(
            access.session(), new SentDeliveries.Resent(chosen, chosen.size() - done, absent));
    String from = back.query().isEmpty() ? "" : "&" + back.query().substring(1);
    return ConsoleReply.seeOther(LIST + "/sent?list=" + list + from);
  }

  private static Set<String> ids(PortalVisit visit) {
    return new LinkedHashSet<>(visit.form().texts("id"));
  }

  /** Returns the selected deliveries of this scope; ids of others count as unknown. */
  private static List<Delivery> selected(PortalVisit visit) {
    Set<String> ids = ids(visit);
    if (ids.size() > PortalAccess.MAX_RETRIES) {
      throw InvalidException.of("id", "select at most " + PortalAccess.MAX_RETRIES + " deliveries");
    }
    return ids.stream().flatMap(id -> find(visit, id).stream()).toList();
  }

  private static Optional<Delivery> find(PortalVisit visit, String id) {
    try {
      return Optional.of(visit.access().delivery(DeliveryId.parse(id)));
    } catch (InvalidException | NotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the newest deliveries that match the filter in the query, of the kinds in the form, and
   * of its endpoints if it lets them be chosen.
   */
  private List<Delivery> matching(PortalVisit visit) {
    DeliveryQuery asked = asked(visit);
    Set<DeliveryState> states = EnumSet.noneOf(DeliveryState.class);
    visit.form().texts("kind").stream()
        .flatMap(code -> RetryKind.fromCode(code).stream())
        .forEach(kind -> states.addAll(kind.states()));
    states.retainAll(asked.states());
    if (states.isEmpty()) {
      return List.of();
    }
    Set<String> endpoints = new HashSet<>(visit.form().texts("endpoint"));
    boolean isAny = !visit.form().has("by-endpoint");
    return newest(visit, asked.states(Set.copyOf(states))).data().stream()
        .filter(one -> isAny || endpoints.contains(one.endpoint().toString()))
        .toList();
  }

  private static DeliveryQuery asked(PortalVisit visit) {
    return new PortalFilter(visit.query()).deliveries(visit.access(), visit.now());
  }

  private static Page<Delivery> newest(PortalVisit visit, DeliveryQuery query) {
    return visit.access().deliveries(query.withoutTests().limit(PortalAccess.MAX_RETRIES));
  }

  /** Shows what would be sent again, by kind and endpoint, and lets the visitor choose. */
  ConsoleReply review(PortalVisit visit) {
    PortalAccess access = visit.access().requirePermitted(PortalCapability.RETRY);
    DeliveryQuery asked = asked(visit);
    Map<RetryKind, Page<Delivery>> found = new LinkedHashMap<>();
    for (RetryKind kind : RetryKind.values()) {
      Set<DeliveryState> states = new HashSet<>(kind.states());
      states.retainAll(asked.states());
      Page<Delivery> page =
          states.isEmpty() ? new Page<>(List.of(), null) : newest(visit, asked.states(states));
      if (!page.data().isEmpty()) {
        found.put(kind, page);
      }
    }
    ListOrigin back = ListOrigin.of(visit.query(), access, visit.words());
    RetryReview view =
        RetryReview.of(
            found,
            endpoints(access, found),
            endpoint -> doubt(endpoint, visit),
            back,
            visit.words());
    PortalFrame frame = visit.titled(view.title());
    return TemplateRenderer.page((out, i) -> JtePortalRetryGenerated.render(out, i, frame, view));
  }

  /** Returns why what is sent to an endpoint will probably fail again; empty if it works. */
  private String doubt(Endpoint endpoint, PortalVisit visit) {
    EndpointHealth health = webhooks.endpoints().health(endpoint);
    if (!TranslatedReasons.isInTrouble(health)) {
      return "";
    }
    Words words = visit.words();
    String cause =
        NewestFailure.attempt(webhooks, endpoint)
            .map(new TranslatedReasons(words, visit.now())::cause)
            .map(text -> words.text("notice.cause", text))
            .orElse("");
    boolean isFailing = TranslatedReasons.isFailing(health);
    return words.text(isFailing ? "retry.failing" : "retry.limited", cause);
  }

  /** Asks for a period, counts the events of it that an endpoint never got, and offers to send. */
  static ConsoleReply missed(PortalVisit visit, EndpointId id) {
    MissedEvents missed = visit.access().missedEvents(id);
    Endpoint endpoint = visit.access().endpoint(id);
    MissedReview view =
        MissedReview.of(visit.query(), endpoint, missed, visit.words(), visit.now());
    PortalFrame frame = visit.titled(visit.words().text("missed.title", view.name()));
    return TemplateRenderer.page(
        view.problems().isEmpty() ? 200 : 400,
        (out, i) -> JtePortalMissedGenerated.render(out, i, frame, view));
  }

  /** Begins to send the events of a period that an endpoint never got. */
  static ConsoleReply sendMissed(PortalVisit visit, EndpointId id) {
    MissedEvents missed = visit.access().missedEvents(id);
    Instant since = ListFilters.time("since", visit.form().text("since"));
    Instant until = ListFilters.time("until", visit.form().text("until"));
    var unused = missed.send(TimeWindow.ALL.since(since).until(until));
    return PortalNote.MISSED.on("/portal/endpoints/" + id);
  }

  /** Returns the endpoints of some deliveries, by id. */
  private static Map<EndpointId, Endpoint> endpoints(
      PortalAccess access, Map<RetryKind, Page<Delivery>> found) {
    Set<EndpointId> wanted = new HashSet<>();
    found.values().forEach(page -> page.data().forEach(one -> wanted.add(one.endpoint())));
    Map<EndpointId, Endpoint> endpoints = new LinkedHashMap<>();
    access.endpoints().stream()
        .filter(endpoint -> wanted.contains(endpoint.id()))
        .forEach(endpoint -> endpoints.put(endpoint.id(), endpoint));
    return endpoints;
  }
}
