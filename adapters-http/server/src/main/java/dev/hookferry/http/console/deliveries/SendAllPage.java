package dev.hookferry.http.console.deliveries;

import dev.hookferry.Replays;
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
import dev.hookferry.http.console.list.ListFilter;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.replay.ReplayFields;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayWindow;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sends everything again that matches the filter of a list of deliveries, as a replay; of pending
 * deliveries, the next attempt is made now.
 */
public final class SendAllPage {
  private static final String LIST = "/deliveries";

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
   * @param filters the filter in words
   * @param parts what matches, by status
   * @param more whether there is more that was not counted
   * @param hints why others that match cannot be sent again here
   * @param since beginning of the period, RFC 3339
   * @param until its end: the time of this preview, unless the filter ends earlier
   */
  public record View(
      String query,
      List<String> filters,
      List<Part> parts,
      boolean more,
      List<UnsendableHint> hints,
      String since,
      String until,
      int rate) {
    /** Returns whether there is nothing to send again. */
    public boolean isNothing() {
      return parts.stream().allMatch(part -> part.count() == 0);
    }
  }

  /**
   * Matches in one status.
   *
   * @param count number of deliveries
   * @param chosen whether they are sent again unless the user decides otherwise
   */
  public record Part(String status, StatePill look, long count, boolean chosen) {
    public String counted() {
      return String.format(Locale.ROOT, "%,d", count);
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
    Instant since = query.created().since() == null ? Instant.EPOCH : query.created().since();
    Instant until = query.created().until() == null ? visit.now() : query.created().until();
    Set<DeliveryState> states = sendable(query);
    Replays.Preview preview =
        states.isEmpty()
            ? new Replays.Preview(0, false, Map.of(), Map.of(), List.of())
            : webhooks.replays().preview(visit.site(), window(query, since, until, states));
    View view =
        new View(
            filter.query().query(),
            FilterChip.of(filter).stream().map(FilterChip::text).toList(),
            parts(states, chosen(states, !filter.values("status").isEmpty(), preview), preview),
            preview.more(),
            UnsendableHint.of(webhooks, query),
            since.toString(),
            until.toString(),
            ReplayFields.USUAL_RATE);
    Frame frame = frames.of(visit, Nav.DELIVERIES, "Send all again");
    return TemplateRenderer.page((out, i) -> JteSendAllGenerated.render(out, i, frame, view));
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
      return visit.refused(back, "Select at least one status to send again.");
    }
    try {
      ReplayWindow window =
          window(
              filter.deliveries(),
              Instant.parse(form.text("since")),
              Instant.parse(form.text("until")),
              chosen);
      int rate = ReplayFields.RATE.kind().checked("rate", number(form.text("rate")));
      ReplayJob job = visit.webhooks().replays().start(visit.site(), window, rate);
      return ConsoleReply.seeOther(visit.path("/replays/" + job.id()) + ReplayPage.STARTED);
    } catch (DateTimeException | RefusedException e) {
      return visit.refused(back, e.getMessage());
    }
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }

  /** Returns the states of a query whose deliveries a replay sends. */
  private static Set<DeliveryState> sendable(DeliveryQuery query) {
    Set<DeliveryState> states = EnumSet.noneOf(DeliveryState.class);
    query.states().stream().filter(SendAllPage::isSendable).forEach(states::add);
    return states;
  }

  /** Returns whether a replay sends deliveries in a state. */
  static boolean isSendable(DeliveryState state) {
    return state.isFinal() || state == DeliveryState.PENDING;
  }

  private static ReplayWindow window(
      DeliveryQuery query, Instant since, Instant until, Set<DeliveryState> states) {
    EndpointId endpoint = query.endpoints().ids().stream().findFirst().orElse(null);
    return ReplayWindow.since(since)
        .until(until)
        .endpoint(endpoint)
        .types(query.types())
        .event(query.event())
        .statusCode(query.statusCode())
        .fields(query.fields())
        .statuses(states);
  }

  /** Returns the parts, failed ones first. */
  private static List<Part> parts(
      Set<DeliveryState> states, Set<DeliveryState> chosen, Replays.Preview preview) {
    return states.stream()
        .sorted(Comparator.comparing(state -> !ReplayWindow.FAILED.contains(state)))
        .map(
            state ->
                new Part(
                    state.code(),
                    StatePill.of(state),
                    count(preview, state),
                    chosen.contains(state)))
        .toList();
  }

  /**
   * Returns the statuses to send again unless the user decides otherwise. Delivered ones are among
   * them only if there is nothing else.
   *
   * @param isNamed whether the filter names these statuses, so that they are meant
   */
  private static Set<DeliveryState> chosen(
      Set<DeliveryState> states, boolean isNamed, Replays.Preview preview) {
    Set<DeliveryState> found =
        states.stream().filter(state -> count(preview, state) > 0).collect(Collectors.toSet());
    Set<DeliveryState> named = EnumSet.complementOf(EnumSet.of(DeliveryState.DELIVERED));
    Set<DeliveryState> failed = isNamed ? named : ReplayWindow.FAILED;
    return Stream.of(failed, ReplayWindow.PENDING, Set.of(DeliveryState.CANCELLED))
        .map(some -> some.stream().filter(found::contains).collect(Collectors.toSet()))
        .filter(some -> !some.isEmpty())
        .findFirst()
        .orElse(found);
  }

  private static long count(Replays.Preview preview, DeliveryState state) {
    return preview.byStatus().getOrDefault(state, 0L);
  }
}
