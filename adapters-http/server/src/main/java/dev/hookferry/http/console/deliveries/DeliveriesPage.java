package dev.hookferry.http.console.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.DataFilter;
import dev.hookferry.http.console.list.EndpointConditions;
import dev.hookferry.http.console.list.FilterBar;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.http.console.list.ListExport;
import dev.hookferry.http.console.list.ListFilter;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.resource.DeliveryJson;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.id.EventType;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The filterable list of a site's deliveries, with a retry of selected ones. */
public final class DeliveriesPage {
  private static final String PATH = "/deliveries";

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public DeliveriesPage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * Content of the page.
   *
   * @param rows newest first
   * @param next the query of the next page, or null on the last
   * @param query the query of this list, to return to it
   * @param bar the filters
   * @param count how many match
   * @param retryMatching the label of the button that opens the page for retrying the matches;
   *     empty if none can be retried
   * @param conditions the endpoints that keep some deliveries waiting
   * @param cells the columns that the user chose
   * @param missed the time before which deliveries may be missing because a field was not indexed;
   *     or null
   * @param problems the errors in the filters
   * @param offers other ways to find missing deliveries
   */
  public record View(
      List<DeliveryRow> rows,
      @Nullable String next,
      String query,
      FilterBar bar,
      MatchCount count,
      String retryMatching,
      EndpointConditions conditions,
      DeliveryCells cells,
      @Nullable DisplayTime missed,
      List<Problem> problems,
      List<DataFilter.Offer> offers) {}

  /** The deliveries that match a filter, or the errors in the filter. */
  private record Found(
      Page<Delivery> page,
      MatchCount count,
      String retryMatching,
      @Nullable DisplayTime missed,
      List<Problem> problems) {}

  private Found found(ListFilter filter, Instant now) {
    try {
      DeliveryQuery query = filter.deliveries();
      Page<Delivery> page = webhooks.deliveries().list(query);
      MatchCount count = count(webhooks, query, page);
      DisplayTime missed =
          webhooks
              .deliveries()
              .notIndexedBefore(query)
              .map(before -> DisplayTime.of(before, now))
              .orElse(null);
      return new Found(
          page, count, retryMatching(query, retryable(query, count)), missed, List.of());
    } catch (InvalidException e) {
      Page<Delivery> nothing = new Page<>(List.of(), null);
      return new Found(nothing, MatchCount.NONE, "", null, toCorrect(filter, e));
    }
  }

  /** Returns the errors to correct in a filter; none if it merely names an unknown endpoint. */
  static List<Problem> toCorrect(ListFilter filter, InvalidException invalid) {
    List<Problem> problems = invalid.problems();
    boolean isEndpointProblem = problems.stream().allMatch(one -> one.field().equals("endpoint"));
    return isEndpointProblem && filter.hasUnknownEndpoint() ? List.of() : problems;
  }

  public ConsoleReply show(Visit visit) {
    EndpointList targets = new EndpointList(webhooks, visit.site());
    ListFilter filter = ListFilter.of(visit, targets);
    Found found = found(filter, visit.now());
    List<Delivery> page = found.page().data();
    LastAttempts last = LastAttempts.ofAll(visit.site(), page, webhooks.deliveries());
    List<DeliveryRow> rows =
        page.stream().map(one -> DeliveryRow.listed(one, last, targets, visit.now())).toList();
    FormValues query = filter.query();
    String cursor = found.page().next();
    FilterBar bar = FilterBar.deliveries(visit, PATH, filter);
    View view =
        new View(
            rows,
            cursor == null ? null : query.queryWith("cursor", cursor),
            query.query(),
            bar,
            found.count(),
            found.retryMatching(),
            EndpointConditions.of(page, last, targets),
            DeliveryCells.of(webhooks, visit.site(), page, bar.columns()),
            found.missed(),
            found.problems(),
            rows.isEmpty() ? filter.data().offers() : List.of());
    Frame frame = frames.of(visit, Nav.DELIVERIES, "Deliveries");
    return bar.columns()
        .keptBy(
            TemplateRenderer.page(
                found.problems().isEmpty() ? 200 : 400,
                (out, i) -> JteDeliveriesGenerated.render(out, i, frame, view)));
  }

  /**
   * Returns the number of matches without tests, which are not retried. If the number is shown and
   * exact, one more query counts the tests.
   */
  private MatchCount retryable(DeliveryQuery query, MatchCount count) {
    boolean isTold =
        query.states().size() == 1 || !query.states().contains(DeliveryState.DELIVERED);
    if (!isTold || !query.includesTests() || !query.types().isAll() || count.more()) {
      return count;
    }
    DeliveryQuery tests = query.type(EventType.TEST).limit(PageRequest.MAX_LIMIT).after(null);
    int known = webhooks.deliveries().list(tests).data().size();
    return new MatchCount(count.known() - known, false);
  }

  /**
   * The label names a number only if all of it is sent. Delivered ones are sent only on request.
   */
  private static String retryMatching(DeliveryQuery query, MatchCount count) {
    Set<DeliveryState> states = query.states();
    if (query.statusClass() != null
        || states.stream().noneMatch(RetryableDeliveries::isRetryable)) {
      return "";
    }
    boolean isAgain = states.equals(Set.of(DeliveryState.DELIVERED));
    if (count.known() == 0 && !count.more()) {
      return "";
    }
    if (FilteredReplay.isTooWide(query)) {
      return isAgain ? "Resend deliveries…" : "Retry…";
    }
    if (isAgain) {
      return "Resend all " + count.text() + "…";
    }
    return states.contains(DeliveryState.DELIVERED) ? "Retry…" : "Retry all " + count.text() + "…";
  }

  /** Counts the matches of a query, given one page of them. */
  static MatchCount count(Webhooks webhooks, DeliveryQuery query, Page<Delivery> page) {
    return MatchCount.of(query, page, MatchCount.MAX, webhooks.deliveries()::list);
  }

  /** Returns the matching deliveries as a file, or the list if a filter is invalid. */
  public ConsoleReply export(Visit visit) {
    EndpointList targets = new EndpointList(webhooks, visit.site());
    ListFilter filter = ListFilter.of(visit, targets);
    DeliveryQuery query;
    try {
      query = filter.deliveries();
    } catch (InvalidException e) {
      return ConsoleReply.seeOther(visit.path(PATH) + filter.query().without("as").query());
    }
    return new ListExport<>(
            "deliveries",
            part -> exported(webhooks.deliveries().list(query.page(part))),
            DeliveryJson.DELIVERY,
            columns(targets))
        .file(visit);
  }

  private Page<DeliveryJson.Reasoned> exported(Page<Delivery> page) {
    return new Page<>(DeliveryJson.Reasoned.all(webhooks.deliveries(), page.data()), page.next());
  }

  private static List<ListExport.Column<DeliveryJson.Reasoned>> columns(EndpointList targets) {
    return List.of(
        new ListExport.Column<>("id", shown -> shown.delivery().id()),
        new ListExport.Column<>("eventType", shown -> shown.delivery().type()),
        new ListExport.Column<>("event", shown -> shown.delivery().event()),
        new ListExport.Column<>("endpoint", shown -> shown.delivery().endpoint()),
        new ListExport.Column<>("url", shown -> targets.url(shown.delivery().endpoint())),
        new ListExport.Column<>("status", shown -> shown.delivery().state().code()),
        new ListExport.Column<>("attempts", shown -> shown.delivery().attempts()),
        new ListExport.Column<>("createdAt", shown -> shown.delivery().createdAt()),
        new ListExport.Column<>("settledAt", shown -> shown.delivery().settledAt()),
        new ListExport.Column<>("reason", shown -> shown.text()));
  }

  /** Retries the selected deliveries. Asks for confirmation if some were already delivered. */
  public ConsoleReply retry(Visit visit) {
    SelectedDeliveries chosen = SelectedDeliveries.of(visit.form());
    String back = visit.path(PATH) + visit.query().query();
    if (!chosen.isFit()) {
      return visit.refused(back, "Select 1 to 500 deliveries to retry.");
    }
    List<Delivery> found =
        visit.form().has(ResendConfirmation.CONFIRMED)
            ? List.of()
            : chosen.found(webhooks.deliveries(), visit.site());
    long delivered = found.stream().filter(d -> d.state() == DeliveryState.DELIVERED).count();
    if (delivered > 0) {
      ResendConfirmation question =
          new ResendConfirmation(
              visit.path("/deliveries/retry") + visit.query().query(),
              back,
              "id",
              chosen.ids(),
              choices(found, visit),
              (int) delivered,
              chosen.ids().size() + " deliveries");
      return question.confirm(frames.of(visit, Nav.DELIVERIES, "Resend"));
    }
    return chosen.each(
        visit, back, "retried", id -> visit.webhooks().deliveries().retry(visit.site(), id));
  }

  private List<ResendConfirmation.Choice> choices(List<Delivery> some, Visit visit) {
    EndpointList targets = new EndpointList(webhooks, visit.site());
    return some.stream()
        .map(d -> ResendConfirmation.Choice.of(DeliveryRow.of(d, targets, visit.now())))
        .toList();
  }
}
