package dev.hookferry.http.console.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.ListFilters;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.list.TimeRange;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayWindow;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A replay under review. Its window ends at the time of the review, unless the user entered another
 * end.
 *
 * @param statuses the statuses to choose from
 * @param missing whether to send events that the endpoint never received
 * @param rate deliveries per second
 */
record ReplayDraft(
    String site,
    String since,
    String until,
    @Nullable String endpoint,
    @Nullable String type,
    Set<DeliveryState> statuses,
    boolean missing,
    int rate) {
  /**
   * Reads the form of a new replay, either submitted or in a query.
   *
   * @throws InvalidException with all problems, by field name
   */
  static ReplayDraft of(Visit visit, FormValues form, Webhooks webhooks) {
    Problems problems = new Problems();
    TimeWindow times =
        TimeRange.fromCode(form.text("range"))
            .map(range -> TimeWindow.ALL.since(visit.now().minus(range.length())))
            .orElseGet(() -> ListFilters.window(form, problems));
    problems.require(times.since() != null || !problems.isEmpty(), "since", "is missing");
    EndpointId endpoint = new EndpointList(webhooks, visit.site()).named(form, problems);
    EventType type = ListFilters.read(form, "type", EventType::new, problems);
    String status = ReplaysPage.Typed.of(form).status();
    Set<DeliveryState> statuses = statuses(status);
    problems.require(!statuses.isEmpty(), "status", "must be one of the list");
    boolean missing = status.equals(ReplaysPage.MISSING);
    problems.require(
        !missing || endpoint != null || form.has("endpoint"),
        "endpoint",
        "is missing: choose the endpoint that never got the events");
    int rate = rate(form, problems);
    problems.throwIfAny();
    Instant until = times.until() == null ? visit.now() : times.until();
    Instant since = times.since() == null ? Instant.EPOCH : times.since();
    return new ReplayDraft(
        visit.site().value(),
        since.toString(),
        until.toString(),
        endpoint == null ? null : endpoint.toString(),
        type == null ? null : type.name(),
        statuses,
        missing,
        rate);
  }

  /** Returns the statuses that a choice stands for; empty if the choice is unknown. */
  private static Set<DeliveryState> statuses(String choice) {
    return switch (choice) {
      case ReplaysPage.ALL -> ReplayWindow.ENDED;
      case ReplaysPage.GIVEN_UP, ReplaysPage.MISSING -> ReplayWindow.FAILED;
      default ->
          DeliveryState.fromCode(choice).filter(DeliveryState::isFinal).stream()
              .collect(Collectors.toSet());
    };
  }

  private static int rate(FormValues form, Problems problems) {
    String text = form.text("rate");
    int rate = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    problems.require(
        rate >= 1 && rate <= ReplayJob.FASTEST, "rate", "must be from 1 to " + ReplayJob.FASTEST);
    return rate;
  }

  ReplayWindow window() {
    return ReplayWindow.since(Instant.parse(since))
        .until(Instant.parse(until))
        .endpoint(endpoint == null ? null : EndpointId.parse(endpoint))
        .type(type == null ? null : new EventType(type))
        .statuses(statuses)
        .missing(missing);
  }

  /**
   * Returns the number of deliveries that the replay would send, as a sentence. Empty for events
   * that were never sent, because the preview counts them.
   */
  String count(Webhooks webhooks) {
    if (missing) {
      return "";
    }
    ReplayWindow window = window();
    DeliveryQuery query =
        DeliveryQuery.ofSite(new SiteId(site))
            .states(window.statuses())
            .endpoint(window.endpoint())
            .types(window.types())
            .withoutTests()
            .created(TimeWindow.ALL.since(window.since()).until(window.until()));
    MatchCount count = retryable(webhooks, query);
    return count.known() == 0 && !count.more()
        ? "No delivery matches."
        : count.of("delivery matches.", "deliveries match.");
  }

  /** Counts the matching deliveries that can be sent. Those of a removed endpoint cannot. */
  private static MatchCount retryable(Webhooks webhooks, DeliveryQuery query) {
    EndpointList targets = new EndpointList(webhooks, query.site());
    int known = 0;
    int read = 0;
    String cursor = null;
    do {
      PageRequest part = PageRequest.of(PageRequest.MAX_LIMIT).after(cursor);
      Page<Delivery> page = webhooks.deliveries().list(query.page(part));
      read += page.data().size();
      for (Delivery delivery : page.data()) {
        known += targets.find(delivery.endpoint()).isPresent() ? 1 : 0;
      }
      cursor = page.next();
    } while (cursor != null && read < MatchCount.MAX);
    return new MatchCount(known, cursor != null);
  }

  /**
   * Returns the window restricted to the ticked statuses, or with all statuses if none is ticked.
   */
  ReplayWindow ticked(FormValues form) {
    Set<DeliveryState> ticked =
        form.texts("send").stream()
            .flatMap(word -> DeliveryState.fromCode(word).stream())
            .filter(statuses::contains)
            .collect(Collectors.toSet());
    return ticked.isEmpty() ? window() : window().statuses(ticked);
  }
}
