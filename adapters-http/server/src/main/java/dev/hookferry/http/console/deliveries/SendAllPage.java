package dev.hookferry.http.console.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.FilterChip;
import dev.hookferry.http.console.list.FoundTypes;
import dev.hookferry.http.console.list.ListFilter;
import dev.hookferry.http.console.list.PeriodForm;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.replay.ReplayFields;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayWindow;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Retries deliveries that match the filter of a list, as a replay, and sends delivered ones again;
 * of pending and blocked deliveries, the next attempt is made now.
 */
public final class SendAllPage {
  private static final String LIST = "/deliveries";
  private static final int MAX_TARGETS = 25;
  private static final String TOO_MANY =
      "None of the newest deliveries matches the pattern. Filter by a period or a full event type.";

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public SendAllPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * Content of the page.
   *
   * @param query the filter, as the list's URL has it
   * @param targets the endpoints to choose one from, in words, by the query that chooses each; the
   *     choice is necessary if the filter has several; empty if it is one, or too many
   * @param filters the filters besides the statuses, which the parts show
   * @param parts what matches, by status
   * @param more whether there is more that was not counted
   * @param note which event types are left out, in sentences; empty if none
   * @param hints why others that match cannot be sent again here
   * @param failing endpoints at which they will probably fail again
   * @param period the form that changes the period
   * @param since beginning of the period, RFC 3339
   * @param until its end: the time of this preview, unless the filter ends earlier
   */
  public record View(
      String query,
      Map<String, String> targets,
      List<FilterChip> filters,
      List<Part> parts,
      boolean more,
      String note,
      List<UnsendableHint> hints,
      List<UnsendableHint> failing,
      PeriodForm period,
      String since,
      String until,
      int rate) {
    /** Returns the title: what was delivered is sent again, anything else is retried. */
    public String title() {
      return isAgain() ? "Resend deliveries" : "Retry deliveries";
    }

    /** Returns whether there is something, and all of it was delivered. */
    public boolean isAgain() {
      String delivered = DeliveryState.DELIVERED.code();
      return !isNothing()
          && parts.stream().allMatch(one -> one.count() == 0 || one.status().equals(delivered));
    }

    /** Returns the part that there is no choice about; null if there is one, or nothing. */
    public @Nullable Part only() {
      return parts.size() == 1 && parts.get(0).chosen() ? parts.get(0) : null;
    }

    /** Returns the text of the button: with the number, if it is known. */
    public String button() {
      Part only = only();
      String verb = isAgain() ? "Resend" : "Retry";
      return only == null || more || only.more() ? verb : verb + " " + only.deliveries();
    }

    /** Returns whether there is nothing to send. */
    public boolean isNothing() {
      return parts.stream().allMatch(part -> part.count() == 0);
    }
  }

  /**
   * Matches in one status.
   *
   * @param count number of deliveries
   * @param more whether there are more, which are left out
   * @param chosen whether they are sent again unless the user decides otherwise
   */
  public record Part(String status, StatePill look, long count, boolean more, boolean chosen) {
    public String counted() {
      return NumberText.of(count, more);
    }

    /** Returns the number with its noun. */
    public String deliveries() {
      return counted() + (count == 1 && !more ? " delivery" : " deliveries");
    }
  }

  /** Shows what would be sent again, by status. Nothing is sent yet. */
  public ConsoleReply show(Visit visit) {
    ListFilter filter = ListFilter.of(visit, new EndpointList(webhooks, visit.site()));
    DeliveryQuery query;
    try {
      query = filter.deliveries();
    } catch (InvalidException e) {
      return ConsoleReply.seeOther(visit.path(LIST) + filter.query().query());
    }
    if (!query.types().patterns().isEmpty()) {
      return named(visit, filter, query);
    }
    View view = view(visit, filter, query);
    Frame frame = frames.of(visit, Nav.DELIVERIES, view.title());
    return TemplateRenderer.page((out, i) -> JteSendAllGenerated.render(out, i, frame, view));
  }

  /** Redirects to a filter by the types that a pattern finds, first among undelivered ones. */
  private ConsoleReply named(Visit visit, ListFilter filter, DeliveryQuery query) {
    Set<DeliveryState> sendable = EnumSet.copyOf(query.states());
    sendable.removeIf(state -> !isSendable(state));
    Set<DeliveryState> undelivered = EnumSet.copyOf(sendable);
    undelivered.remove(DeliveryState.DELIVERED);
    FoundTypes found = FoundTypes.NONE;
    for (Set<DeliveryState> states : List.of(undelivered, sendable, query.states())) {
      if (found.names().isEmpty() && !states.isEmpty()) {
        found = FoundTypes.of(query.states(states).withoutTests(), webhooks.deliveries()::list);
      }
    }
    String list = visit.path(LIST) + filter.query().query();
    if (!found.names().isEmpty()) {
      return ConsoleReply.seeOther(visit.path(LIST + "/all") + found.replacing(filter.query()));
    }
    return found.more() ? visit.refused(list, TOO_MANY) : ConsoleReply.seeOther(list);
  }

  private View view(Visit visit, ListFilter filter, DeliveryQuery query) {
    Instant since = query.created().since() == null ? Instant.EPOCH : query.created().since();
    Instant until = query.created().until() == null ? visit.now() : query.created().until();
    Set<EndpointId> endpoints = query.endpoints().ids();
    Sendable found =
        endpoints.size() > 1
            ? Sendable.NONE
            : Sendable.of(webhooks, query, window(query).until(until));
    return new View(
        filter.query().query(),
        endpoints.size() > 1 ? targets(visit, filter, endpoints) : targets(visit, filter, found),
        FilterChip.withoutStatuses(filter),
        found.parts(!filter.values("status").isEmpty()),
        found.more(),
        FoundTypes.note(visit.query()),
        endpoints.size() > 1 ? List.of() : UnsendableHint.of(webhooks, query),
        UnsendableHint.failing(webhooks, query.site(), found.endpoints().keySet()),
        PeriodForm.of(filter, visit.now()),
        since.toString(),
        until.toString(),
        ReplayFields.USUAL_RATE);
  }

  /** Returns the endpoints, those with most deliveries first, for those who want only one. */
  private Map<String, String> targets(Visit visit, ListFilter filter, Sendable found) {
    EndpointList list = new EndpointList(webhooks, visit.site());
    boolean isCut = found.more() || found.moreBlocked();
    Map<String, String> targets = new LinkedHashMap<>();
    found.endpoints().entrySet().stream()
        .sorted(Map.Entry.<EndpointId, Long>comparingByValue().reversed())
        .forEach(
            one ->
                targets.put(
                    filter.query().queryWith("endpoint", one.getKey().toString()),
                    list.named(one.getKey()) + ": " + NumberText.of(one.getValue(), isCut)));
    return targets.size() == 1 || targets.size() > MAX_TARGETS ? Map.of() : targets;
  }

  /** Returns the endpoints to choose one from, since a replay is for one of them or for all. */
  private Map<String, String> targets(Visit visit, ListFilter filter, Set<EndpointId> endpoints) {
    EndpointList list = new EndpointList(webhooks, visit.site());
    Map<String, String> targets = new LinkedHashMap<>();
    endpoints.stream()
        .sorted(Comparator.comparing(list::name))
        .forEach(
            id -> targets.put(filter.query().queryWith("endpoint", id.toString()), list.name(id)));
    return targets;
  }

  /** Starts the replay of the chosen statuses. */
  public ConsoleReply start(Visit visit) {
    FormValues form = visit.form();
    ListFilter filter = ListFilter.of(visit, new EndpointList(webhooks, visit.site()));
    String back = visit.path(LIST + "/all") + filter.query().query();
    Set<DeliveryState> chosen =
        form.texts("send").stream()
            .flatMap(word -> DeliveryState.fromCode(word).stream())
            .filter(SendAllPage::isSendable)
            .collect(Collectors.toSet());
    if (chosen.isEmpty()) {
      return visit.refused(back, "Select at least one status.");
    }
    try {
      TimeWindow asked =
          TimeWindow.ALL
              .since(Instant.parse(form.text("since")))
              .until(Instant.parse(form.text("until")));
      DeliveryQuery query = filter.deliveries().created(asked);
      if (query.endpoints().ids().size() > 1) {
        // One more may match by now than when the page was shown.
        return visit.refused(back, "Choose one endpoint: the filter matches several.");
      }
      int rate = ReplayFields.RATE.kind().checked("rate", number(form.text("rate")));
      return started(visit, query, chosen, rate);
    } catch (DateTimeException | RefusedException e) {
      return visit.refused(back, e.getMessage());
    }
  }

  /** Starts a replay, except of blocked deliveries: these are retried one by one. */
  private ConsoleReply started(
      Visit visit, DeliveryQuery query, Set<DeliveryState> chosen, int rate) {
    Set<DeliveryState> replayed = EnumSet.copyOf(chosen);
    boolean hasBlocked = replayed.remove(DeliveryState.BLOCKED);
    String next = visit.path("/retry-queue?state=blocked");
    if (!replayed.isEmpty()) {
      ReplayWindow window = window(query).statuses(replayed);
      ReplayJob job = visit.webhooks().replays().start(visit.site(), window, rate);
      boolean isAgain = replayed.equals(EnumSet.of(DeliveryState.DELIVERED));
      next =
          visit.path("/replays/" + job.id())
              + (isAgain ? ReplayPage.SENT_AGAIN : ReplayPage.RETRIED);
    }
    return hasBlocked
        ? SelectedDeliveries.blocked(webhooks.deliveries(), query)
            .each(
                visit, next, "retried", id -> visit.webhooks().deliveries().retry(visit.site(), id))
        : ConsoleReply.seeOther(next);
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }

  /** Returns whether deliveries in a state can be sent again together. */
  static boolean isSendable(DeliveryState state) {
    return Sendable.isReplayed(state) || state == DeliveryState.BLOCKED;
  }

  /**
   * Converts a query to a window. Refuses classes of statuses and prefixes of types, which a replay
   * does not know: it must not send more than the list shows.
   */
  private static ReplayWindow window(DeliveryQuery query) {
    if (query.isScan() && query.statusCode() == null) {
      throw InvalidException.of("code", "must be one status, such as 503, to send all that match");
    }
    if (!query.types().patterns().isEmpty()) {
      throw InvalidException.of(
          "type", "must be the full name of an event type to send all that match");
    }
    Instant since = query.created().since();
    EndpointId endpoint = query.endpoints().ids().stream().findFirst().orElse(null);
    return ReplayWindow.since(since == null ? Instant.EPOCH : since)
        .until(query.created().until())
        .endpoint(endpoint)
        .types(query.types().names())
        .event(query.event())
        .statusCode(query.statusCode())
        .fields(query.fields());
  }
}
