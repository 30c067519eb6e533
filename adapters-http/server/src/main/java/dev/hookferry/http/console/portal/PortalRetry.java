package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ListFilters;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.portal.deliveries.BackLink;
import dev.hookferry.http.console.portal.deliveries.MissedReview;
import dev.hookferry.http.console.portal.deliveries.PortalFilter;
import dev.hookferry.http.console.portal.deliveries.PortalFollowUp;
import dev.hookferry.http.console.portal.deliveries.ResentBatches;
import dev.hookferry.http.console.portal.deliveries.RetryCounts;
import dev.hookferry.http.console.portal.deliveries.RetryKind;
import dev.hookferry.http.console.portal.deliveries.RetryOrigin;
import dev.hookferry.http.console.portal.deliveries.RetryReview;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.console.portal.notices.RetryConcerns;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.portal.MissedEvents;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.Page;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.replay.ReplayJob;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Retries of deliveries: a single one, the selected ones, or all that match a filter. */
final class PortalRetry {
  private static final String LIST = "/portal/deliveries";
  private static final String CONFIRMED = "confirmed";

  private final Webhooks webhooks;
  private final ResentBatches sent;

  PortalRetry(Webhooks webhooks, ResentBatches sent) {
    this.webhooks = webhooks;
    this.sent = sent;
  }

  /** Sends a delivery again and redirects to its page, which follows the attempt. */
  ConsoleReply one(PortalVisit visit, DeliveryId id) {
    Delivery delivery = visit.access().delivery(id);
    var unusedAccess = visit.access().requirePermitted(PortalCapability.RETRY);
    if (isUnconfirmed(visit, List.of(delivery))) {
      String page = LIST + "/" + id;
      BackLink list = visit.list();
      String name = visit.words().text("column.delivery");
      return question(visit, List.of(delivery), list.on(page + "/retry"), list.on(page), name);
    }
    String query = PortalFollowUp.query(visit.access().attempts(id));
    var unused = visit.access().retry(id).join();
    return ConsoleReply.seeOther(LIST + "/" + id + query);
  }

  private static boolean isUnconfirmed(PortalVisit visit, List<Delivery> chosen) {
    return !visit.form().has(CONFIRMED)
        && chosen.stream().anyMatch(one -> one.state() == DeliveryState.DELIVERED);
  }

  /**
   * Asks for confirmation before a retry that includes already delivered ones.
   *
   * @param back the page from which the visitor came
   * @param name the name of that page
   */
  private static ConsoleReply question(
      PortalVisit visit, List<Delivery> chosen, String action, String back, String name) {
    Words words = visit.words();
    long delivered = chosen.stream().filter(d -> d.state() == DeliveryState.DELIVERED).count();
    boolean isOne = chosen.size() == 1;
    String count = words.number(chosen.size());
    String text =
        isOne ? words.text("again.one") : words.count("again.some", delivered, false, count);
    String go = isOne ? words.text("again.go") : words.text("again.go-some", count);
    Delivery first = chosen.get(0);
    String to = ShortName.of(visit.access().endpoint(first.endpoint()));
    List<String> ids = chosen.stream().map(one -> one.id().toString()).toList();
    PortalFrame frame =
        visit.titled(
            isOne
                ? words.text("again.title-one", first.type().name(), to)
                : words.text("again.title-some", count));
    return TemplateRenderer.page(
        (out, i) ->
            JtePortalResendConfirmationGenerated.render(
                out, i, frame, text, go, ids, action, back, name));
  }

  /** Returns whether a form selects no delivery. */
  static boolean isNothingSelected(PortalVisit visit) {
    return !visit.form().has("all") && visit.form().texts("id").isEmpty();
  }

  /**
   * Sends the selected deliveries again, or all of the chosen kinds that match the filter, and
   * redirects to a page that follows them.
   */
  ConsoleReply many(PortalVisit visit) {
    PortalAccess access = visit.access().requirePermitted(PortalCapability.RETRY);
    boolean isAll = visit.form().has("all");
    Matching matching = isAll ? matching(visit) : Matching.only(selected(visit));
    List<Delivery> chosen = matching.newest();
    if (chosen.isEmpty() && isAll) {
      return review(visit);
    }
    RetryOrigin back = RetryOrigin.of(visit.query(), access, visit.words());
    if (chosen.isEmpty()) {
      return PortalNote.NONE_RETRIED.on(LIST);
    }
    if (isUnconfirmed(visit, chosen)) {
      return question(visit, chosen, LIST + "/retry" + back.query(), back.path(), back.name());
    }
    int done = access.retryAll(chosen.stream().map(Delivery::id).toList());
    int absent = isAll ? 0 : ids(visit).size() - chosen.size();
    int skipped = chosen.size() - done;
    String list =
        sent.keep(
            access.session(),
            new ResentBatches.Resent(chosen, skipped, absent, matching.others(), matching.next()));
    String from = back.query().isEmpty() ? "" : "&" + back.query().substring(1);
    return ConsoleReply.seeOther(LIST + "/sent?list=" + list + from);
  }

  private static Set<String> ids(PortalVisit visit) {
    return new LinkedHashSet<>(visit.form().texts("id"));
  }

  /** Returns the selected deliveries in this scope. Ids outside it are treated as unknown. */
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
   * The deliveries that match.
   *
   * @param newest the newest matches, as many as can be retried together
   * @param others how many more match
   * @param next the position where those begin; null if there are none
   */
  private record Matching(List<Delivery> newest, MatchCount others, @Nullable String next) {
    static Matching only(List<Delivery> all) {
      return new Matching(all, MatchCount.NONE, null);
    }
  }

  /**
   * Returns the newest deliveries that match the filter in the query, restricted to the kinds in
   * the form, and to its endpoints if they can be chosen.
   */
  private static Matching matching(PortalVisit visit) {
    Set<RetryKind> kinds = EnumSet.noneOf(RetryKind.class);
    visit
        .form()
        .texts(RetryKind.FIELD)
        .forEach(code -> RetryKind.fromCode(code).ifPresent(kinds::add));
    DeliveryQuery query = RetryCounts.query(asked(visit), kinds);
    if (query.states().isEmpty()) {
      return Matching.only(List.of());
    }
    if (visit.form().has("by-endpoint")) {
      query = query.endpoints(query.endpoints().and(EndpointScope.only(ticked(visit))));
    }
    Page<Delivery> page = list(visit, query);
    MatchCount all = MatchCount.of(query, page, MatchCount.MAX, part -> list(visit, part));
    int others = all.known() - page.data().size();
    return new Matching(page.data(), new MatchCount(others, all.more()), page.next());
  }

  /** Lists deliveries from the position in the page's query, or from the newest. */
  private static Page<Delivery> list(PortalVisit visit, DeliveryQuery query) {
    String from = visit.query().text(RetryOrigin.CURSOR);
    boolean isFirst = query.page().cursor() == null && !from.isEmpty();
    return visit.access().deliveries(isFirst ? query.after(from) : query);
  }

  private static Set<EndpointId> ticked(PortalVisit visit) {
    Set<String> ids = new HashSet<>(visit.form().texts("endpoint"));
    return visit.access().endpoints().stream()
        .map(Endpoint::id)
        .filter(id -> ids.contains(id.toString()))
        .collect(Collectors.toSet());
  }

  private static DeliveryQuery asked(PortalVisit visit) {
    return new PortalFilter(visit.query()).deliveries(visit.access(), visit.now());
  }

  /** Shows which deliveries would be retried, by kind and endpoint, and offers a choice. */
  ConsoleReply review(PortalVisit visit) {
    PortalAccess access = visit.access().requirePermitted(PortalCapability.RETRY);
    Map<EndpointId, Endpoint> endpoints = new LinkedHashMap<>();
    access.endpoints().forEach(endpoint -> endpoints.put(endpoint.id(), endpoint));
    DeliveryQuery asked = asked(visit);
    DeliveryQuery ofKind =
        RetryKind.fromCode(visit.query().text(RetryKind.FIELD))
            .map(kind -> RetryCounts.query(asked, EnumSet.of(kind)))
            .orElse(asked);
    RetryCounts found = RetryCounts.of(ofKind, endpoints.keySet(), part -> list(visit, part));
    endpoints.keySet().retainAll(found.endpoints());
    Map<EndpointId, RetryReview.Concern> concerns =
        RetryConcerns.of(webhooks, endpoints.values(), found, visit.words(), visit.now());
    RetryOrigin back = RetryOrigin.of(visit.query(), access, visit.words());
    RetryReview view =
        RetryReview.of(
            found,
            endpoints,
            endpoint -> concerns.getOrDefault(endpoint.id(), RetryReview.Concern.NONE),
            back,
            visit.words());
    PortalFrame frame = visit.titled(view.title());
    return TemplateRenderer.page((out, i) -> JtePortalRetryGenerated.render(out, i, frame, view));
  }

  /** Asks for a period, counts the events that an endpoint missed, and offers to send them. */
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

  /** Starts sending the events of a period that an endpoint never received. */
  static ConsoleReply sendMissed(PortalVisit visit, EndpointId id) {
    MissedEvents missed = visit.access().missedEvents(id);
    Instant since = ListFilters.time("since", visit.form().text("since"));
    Instant until = ListFilters.time("until", visit.form().text("until"));
    ReplayJob started = missed.send(TimeWindow.ALL.since(since).until(until));
    return ConsoleReply.seeOther(
        "/portal/endpoints/" + id + MissedReview.MissedProgress.query(started.id()));
  }
}
