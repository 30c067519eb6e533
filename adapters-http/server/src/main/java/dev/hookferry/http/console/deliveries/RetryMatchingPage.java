package dev.hookferry.http.console.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.deliveries.RetryableDeliveries.Part;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.FilterBar.Kept;
import dev.hookferry.http.console.list.FilterChip;
import dev.hookferry.http.console.list.ListFilter;
import dev.hookferry.http.console.list.ListOrigin;
import dev.hookferry.http.console.list.MatchingTypes;
import dev.hookferry.http.console.list.PeriodForm;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.replay.ReplayFields;
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
 * The page for retrying all deliveries that match a list's filter. A replay retries undelivered
 * ones and resends delivered ones; the next attempt of pending and blocked ones is made now.
 */
public final class RetryMatchingPage {
  private static final String LIST = "/deliveries";
  private static final int MAX_TARGETS = 25;
  private static final String ENDPOINT = "endpoint";

  /** Form fields with the number of endpoints to choose from, and the filter that found them. */
  private static final String OFFERED = "offered";

  private static final String AMONG = "among";
  private static final String TOO_MANY =
      "None of the newest deliveries matches the pattern. Filter by a period or a full event type.";

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public RetryMatchingPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * Content of the page.
   *
   * @param query the filter, as in the list's URL
   * @param targets the endpoints to choose from; none if there is only one or too many have
   *     deliveries. If the filter names too many, the user must choose.
   * @param filters the filters except for the statuses, which the parts show
   * @param parts the matching deliveries, by status
   * @param more whether there are more that were not counted
   * @param note which event types are excluded, in sentences; empty if none
   * @param hints why other matches cannot be retried here
   * @param failing endpoints where they will probably fail again
   * @param period the form that changes the period
   * @param since start of the period, RFC 3339
   * @param until end of the period: the time of this preview, unless the filter ends earlier
   */
  public record View(
      String query,
      Targets targets,
      List<FilterChip> filters,
      List<Part> parts,
      boolean more,
      String note,
      List<RetryHint> hints,
      List<RetryHint> failing,
      PeriodForm period,
      String since,
      String until,
      Rate rate) {
    /** Returns the title. Delivered ones are resent, all others are retried. */
    public String title() {
      Part only = only();
      if (only != null && only.isOpen() && !more) {
        return "Retry " + only.titled();
      }
      return isAgain() ? "Resend deliveries" : "Retry deliveries";
    }

    /** Returns whether there are matches and all of them were delivered. */
    public boolean isAgain() {
      String delivered = DeliveryState.DELIVERED.code();
      return !isNothing()
          && parts.stream().allMatch(one -> one.count() == 0 || one.status().equals(delivered));
    }

    /** Returns the only part; null if there are several to choose from, or none. */
    public @Nullable Part only() {
      return parts.size() == 1 && parts.get(0).chosen() ? parts.get(0) : null;
    }

    /** Returns the text of the button, with the number if known. */
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
   * Endpoints to choose from.
   *
   * @param names their names, by id
   * @param kept the filter's remaining values
   * @param among the endpoint filter that finds them all; empty if there is none
   */
  public record Targets(Map<String, String> names, List<Kept> kept, List<String> among) {
    private static Targets of(Map<String, String> names, ListFilter filter) {
      FormValues others = filter.queryOfAll().without(ENDPOINT);
      return new Targets(
          names,
          others.names().stream()
              .sorted()
              .flatMap(name -> others.texts(name).stream().map(value -> new Kept(name, value)))
              .toList(),
          filter.values(ENDPOINT));
    }
  }

  /**
   * The default rate in the form.
   *
   * @param isOfEach whether each endpoint has its own replay with this rate
   */
  public record Rate(int perSecond, boolean isOfEach) {}

  /** Shows the deliveries that would be retried, by status. Sends nothing yet. */
  public ConsoleReply show(Visit visit) {
    if (visit.query().has(OFFERED)) {
      FormValues ticked = visit.query();
      String back = visit.path(LIST + "/all") + chosen(ticked).query();
      return ticked.texts(ENDPOINT).isEmpty()
          ? visit.refused(back, "Select at least one endpoint.")
          : ConsoleReply.seeOther(back);
    }
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
    ListOrigin list = ListOrigin.of(filter);
    Frame frame = frames.of(visit, list.nav(), view.title());
    return TemplateRenderer.page(
        (out, i) -> JteRetryMatchingGenerated.render(out, i, frame, view, list));
  }

  /** Returns the filter by the ticked endpoints, or the previous filter if it is equivalent. */
  private static FormValues chosen(FormValues ticked) {
    FormValues query = ticked.without(OFFERED).without(AMONG);
    List<String> some = ticked.texts(ENDPOINT);
    boolean isAll = some.isEmpty() || some.size() == number(ticked.text(OFFERED));
    return isAll ? query.with(ENDPOINT, ticked.texts(AMONG)) : query;
  }

  /**
   * Redirects to a filter by the types that match a pattern, first among undelivered deliveries.
   */
  private ConsoleReply named(Visit visit, ListFilter filter, DeliveryQuery query) {
    Set<DeliveryState> retryable = EnumSet.copyOf(query.states());
    retryable.removeIf(state -> !RetryableDeliveries.isRetryable(state));
    Set<DeliveryState> undelivered = EnumSet.copyOf(retryable);
    undelivered.remove(DeliveryState.DELIVERED);
    MatchingTypes found = MatchingTypes.NONE;
    for (Set<DeliveryState> states : List.of(undelivered, retryable, query.states())) {
      if (found.names().isEmpty() && !states.isEmpty()) {
        found = MatchingTypes.of(query.states(states).withoutTests(), webhooks.deliveries()::list);
      }
    }
    String list = visit.path(LIST) + filter.query().query();
    if (!found.names().isEmpty()) {
      return ConsoleReply.seeOther(visit.path(LIST + "/all") + found.replacing(filter.query()));
    }
    return found.more() ? visit.refused(list, TOO_MANY) : ConsoleReply.seeOther(list);
  }

  private View view(Visit visit, ListFilter filter, DeliveryQuery query) {
    TimeWindow created = query.created();
    Instant since = created.since() == null ? Instant.EPOCH : created.since();
    Instant until = created.until() == null ? visit.now() : created.until();
    FilteredReplay replay = new FilteredReplay(webhooks, query, until);
    RetryableDeliveries found = replay.found();
    return new View(
        filter.query().query(),
        replay.isTooWide()
            ? targets(visit, filter, query.endpoints().ids())
            : targets(visit, filter, found),
        FilterChip.withPeriod(filter),
        found.parts(!filter.values("status").isEmpty()),
        found.more(),
        MatchingTypes.note(visit.query()),
        RetryHint.of(webhooks, query, ListOrigin.of(filter).isRetryQueue()),
        RetryHint.failing(webhooks, query.site(), found.endpoints().keySet()),
        PeriodForm.of(filter, visit.now()),
        since.toString(),
        until.toString(),
        new Rate(ReplayFields.DEFAULT_RATE, replay.endpoints() > 1));
  }

  /** Returns the endpoints to choose from, those with most deliveries first. */
  private Targets targets(Visit visit, ListFilter filter, RetryableDeliveries found) {
    EndpointList list = new EndpointList(webhooks, visit.site());
    boolean isCut = found.more() || found.moreBlocked();
    Map<String, String> targets = new LinkedHashMap<>();
    found.endpoints().entrySet().stream()
        .sorted(Map.Entry.<EndpointId, Long>comparingByValue().reversed())
        .forEach(
            one ->
                targets.put(
                    one.getKey().toString(),
                    list.nameAndState(one.getKey())
                        + " · "
                        + NumberText.of(one.getValue(), isCut)));
    boolean isChoice = targets.size() > 1 && targets.size() <= MAX_TARGETS;
    return Targets.of(isChoice ? targets : Map.of(), filter);
  }

  /** Returns the endpoints to choose from because there are too many to retry together. */
  private Targets targets(Visit visit, ListFilter filter, Set<EndpointId> endpoints) {
    EndpointList list = new EndpointList(webhooks, visit.site());
    Map<String, String> targets = new LinkedHashMap<>();
    endpoints.stream()
        .sorted(Comparator.comparing(list::name))
        .forEach(id -> targets.put(id.toString(), list.name(id)));
    return Targets.of(targets, filter);
  }

  /** Starts the replay of the chosen statuses. */
  public ConsoleReply start(Visit visit) {
    FormValues form = visit.form();
    ListFilter filter = ListFilter.of(visit, new EndpointList(webhooks, visit.site()));
    String back = visit.path(LIST + "/all") + filter.query().query();
    Set<DeliveryState> chosen =
        form.texts("send").stream()
            .flatMap(word -> DeliveryState.fromCode(word).stream())
            .filter(RetryableDeliveries::isRetryable)
            .collect(Collectors.toSet());
    if (chosen.isEmpty()) {
      return visit.refused(back, "Select at least one status.");
    }
    try {
      Instant until = Instant.parse(form.text("until"));
      TimeWindow asked = TimeWindow.ALL.since(Instant.parse(form.text("since"))).until(until);
      DeliveryQuery query = filter.deliveries().created(asked);
      FilteredReplay replay = new FilteredReplay(webhooks, query, until);
      if (replay.isTooWide()) {
        // More may match now than when the page was shown.
        return visit.refused(back, "Choose up to 25 endpoints: the filter matches more.");
      }
      int rate = ReplayFields.RATE.kind().checked("rate", number(form.text("rate")));
      return replay.start(visit, chosen, rate);
    } catch (DateTimeException | RefusedException e) {
      return visit.refused(back, e.getMessage());
    }
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }
}
