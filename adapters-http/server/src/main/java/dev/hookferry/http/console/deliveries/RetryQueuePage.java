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
import dev.hookferry.http.console.list.ListFilter;
import dev.hookferry.http.console.list.ListOrigin;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.RefusedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The list of a site's waiting deliveries, with the next attempt and the reason for waiting. */
public final class RetryQueuePage {
  private static final String PATH = "/retry-queue";
  private static final int MAX_NAMED = 20;
  private static final Map<DeliveryState, String> TITLES =
      Collections.unmodifiableMap(
          new EnumMap<>(
              Map.of(
                  DeliveryState.PENDING, "Pending",
                  DeliveryState.HELD, "On hold",
                  DeliveryState.WAITING, "Waiting their turn",
                  DeliveryState.BLOCKED, "Blocked")));

  private final Webhooks webhooks;
  private final FrameRenderer frames;

  public RetryQueuePage(Webhooks webhooks, FrameRenderer frames) {
    this.webhooks = webhooks;
    this.frames = frames;
  }

  /**
   * Content of the page.
   *
   * @param state the displayed state
   * @param tabs the states to choose from
   * @param summary the summary of all waiting deliveries
   * @param rows newest first
   * @param next the query of the next page, or null on the last
   * @param query the query of this list, to return to it
   * @param bar the filters
   * @param count how many match
   * @param conditions the endpoints that keep some deliveries waiting
   * @param cells the columns that the user chose
   * @param problems the errors in the filters
   * @param offers other ways to find missing deliveries
   */
  public record View(
      DeliveryState state,
      List<Tab> tabs,
      Summary summary,
      List<WaitingRow> rows,
      @Nullable String next,
      String query,
      FilterBar bar,
      MatchCount count,
      EndpointConditions conditions,
      DeliveryCells cells,
      List<Problem> problems,
      List<DataFilter.Offer> offers) {
    /**
     * Returns whether these deliveries wait because of their endpoints, not because of others with
     * their ordering keys.
     */
    public boolean waitForEndpoints() {
      return state == DeliveryState.PENDING || state == DeliveryState.HELD;
    }

    /** Returns whether the time of the next attempt is known for any of the deliveries. */
    public boolean hasTimes() {
      return rows.stream().anyMatch(WaitingRow::hasTime);
    }

    /** Returns whether deliveries in this state can be sent immediately. */
    public boolean isRetryable() {
      return state == DeliveryState.PENDING || isBlocked();
    }

    /** Returns the other states that have deliveries. */
    public List<Tab> others() {
      return tabs.stream().filter(tab -> tab.state() != state && !tab.count().equals("0")).toList();
    }

    /** Returns whether these deliveries block their ordering keys. */
    public boolean isBlocked() {
      return state == DeliveryState.BLOCKED;
    }

    /** Returns the query of the page that retries everything that matches. */
    public String all() {
      return ListOrigin.retryAll(bar.filter(), state);
    }
  }

  /**
   * Summary of all waiting deliveries.
   *
   * @param count their number, as text
   * @param oldest how long the oldest has been waiting
   * @param firstAttempts how many in the list wait for their first attempt; empty if none
   */
  public record Summary(String count, String oldest, String firstAttempts) {
    static Summary of(WaitingDeliveries all, Visit visit, boolean isPending) {
      String first = isPending ? all.firstAttempts() : "";
      return new Summary(all.count(), all.age(visit.now()), first);
    }

    /** Returns whether any delivery waits. */
    public boolean isAny() {
      return !count.equals("0");
    }
  }

  /**
   * A state to choose from.
   *
   * @param title its name
   * @param count number of deliveries, as text
   */
  public record Tab(DeliveryState state, String title, String count) {
    /** Returns the number as a sentence, such as {@code 165 are on hold.} */
    public String sentence() {
      String verb = count.equals("1") ? " is " : " are ";
      return count + verb + title.toLowerCase(Locale.ENGLISH) + ".";
    }
  }

  /**
   * Deliveries whose cancellation awaits confirmation.
   *
   * @param ids the ids of all deliveries to cancel
   * @param rows the first deliveries, shown individually
   * @param query the query of the list in which they were selected
   */
  public record Question(List<String> ids, List<DeliveryRow> rows, String query) {
    public int others() {
      return ids.size() - rows.size();
    }
  }

  public ConsoleReply show(Visit visit) {
    EndpointList targets = new EndpointList(webhooks, visit.site());
    ListFilter filter = ListFilter.of(visit, targets);
    FormValues query = filter.query();
    WaitingDeliveries waiting = WaitingDeliveries.at(webhooks, visit.site());
    DeliveryState state = state(query, waiting);
    MatchCount count = MatchCount.NONE;
    List<Problem> problems = List.of();
    Page<Delivery> page = new Page<>(List.of(), null);
    try {
      DeliveryQuery asked = filter.deliveries().state(state);
      page = webhooks.deliveries().list(asked);
      count = DeliveriesPage.count(webhooks, asked, page);
    } catch (InvalidException e) {
      problems = DeliveriesPage.toCorrect(filter, e);
    }
    LastAttempts last = LastAttempts.of(visit.site(), page.data(), webhooks.deliveries());
    List<WaitingRow> rows = WaitingRow.all(page.data(), last, targets, visit.now());
    FilterBar bar = FilterBar.queue(visit, PATH, filter);
    View view =
        new View(
            state,
            tabs(visit, waiting, state, filter.isSet() ? null : count),
            Summary.of(waiting, visit, state == DeliveryState.PENDING && !filter.isSet()),
            rows,
            page.next() == null ? null : query.queryWith("cursor", page.next()),
            query.query(),
            bar,
            count,
            EndpointConditions.of(page.data(), last, targets),
            DeliveryCells.of(webhooks, visit.site(), page.data(), bar.columns()),
            problems,
            rows.isEmpty() ? filter.data().offers() : List.of());
    Frame frame = frames.of(visit, Nav.RETRY_QUEUE, "Retry queue");
    return bar.columns()
        .keptBy(
            TemplateRenderer.page(
                view.problems().isEmpty() ? 200 : 400,
                (out, i) -> JteRetryQueueGenerated.render(out, i, frame, view)));
  }

  /** Returns the state in the URL, or else the first state that has deliveries. */
  private static DeliveryState state(FormValues query, WaitingDeliveries waiting) {
    return DeliveryState.fromCode(query.text("state"))
        .filter(TITLES::containsKey)
        .or(() -> TITLES.keySet().stream().filter(waiting::isAny).findFirst())
        .orElse(DeliveryState.PENDING);
  }

  /** The current tab has the same number as the list, even if they were counted differently. */
  private List<Tab> tabs(
      Visit visit, WaitingDeliveries waiting, DeliveryState shown, @Nullable MatchCount count) {
    return TITLES.entrySet().stream()
        .map(
            title ->
                new Tab(
                    title.getKey(),
                    title.getValue(),
                    title.getKey() == shown && count != null
                        ? count.text()
                        : count(visit, waiting, title.getKey())))
        .toList();
  }

  /** Counts a state separately if there were too many deliveries in all states together. */
  private String count(Visit visit, WaitingDeliveries waiting, DeliveryState state) {
    if (!waiting.isCut(state)) {
      return waiting.count(List.of(state));
    }
    DeliveryQuery alone = DeliveryQuery.ofSite(visit.site()).state(state);
    return DeliveriesPage.count(webhooks, alone, webhooks.deliveries().list(alone)).text();
  }

  /** Retries the selected deliveries now. */
  public ConsoleReply retry(Visit visit) {
    SelectedDeliveries chosen = SelectedDeliveries.of(visit.form());
    if (!chosen.isFit()) {
      return visit.refused(back(visit), "Select 1 to 500 deliveries to retry.");
    }
    return chosen.each(
        visit, back(visit), "retried", id -> visit.webhooks().deliveries().retry(visit.site(), id));
  }

  /** Skips the selected deliveries that block their ordering keys. */
  public ConsoleReply skip(Visit visit) {
    SelectedDeliveries chosen = SelectedDeliveries.of(visit.form());
    if (!chosen.isFit()) {
      return visit.refused(back(visit), "Select 1 to 500 deliveries to skip.");
    }
    return chosen.each(
        visit, back(visit), "skipped", id -> visit.webhooks().blockedKeys().skip(visit.site(), id));
  }

  /** Shows the deliveries to cancel and asks for confirmation. */
  public ConsoleReply confirmCancel(Visit visit) {
    SelectedDeliveries chosen = SelectedDeliveries.of(visit.form());
    if (!chosen.isFit()) {
      return visit.refused(back(visit), "Select 1 to 500 deliveries to cancel.");
    }
    EndpointList targets = new EndpointList(webhooks, visit.site());
    List<DeliveryRow> rows = new ArrayList<>();
    try {
      for (String id : chosen.ids().subList(0, Math.min(MAX_NAMED, chosen.ids().size()))) {
        Delivery delivery = webhooks.deliveries().get(visit.site(), DeliveryId.parse(id));
        rows.add(DeliveryRow.of(delivery, targets, visit.now()));
      }
    } catch (RefusedException e) {
      return visit.refused(back(visit), e.getMessage());
    }
    Frame frame = frames.of(visit, Nav.RETRY_QUEUE, "Cancel deliveries");
    Question question = new Question(chosen.ids(), rows, visit.query().query());
    return TemplateRenderer.page((out, i) -> JteCancelGenerated.render(out, i, frame, question));
  }

  /** Cancels the confirmed deliveries. */
  public ConsoleReply cancel(Visit visit) {
    SelectedDeliveries chosen = SelectedDeliveries.of(visit.form());
    if (!chosen.isFit()) {
      return visit.refused(back(visit), "Select 1 to 500 deliveries to cancel.");
    }
    return chosen.each(
        visit,
        back(visit),
        "cancelled",
        id -> visit.webhooks().deliveries().cancel(visit.site(), id));
  }

  /** Returns the path of the list with its filters. */
  private static String back(Visit visit) {
    return visit.path(PATH) + visit.query().query();
  }
}
