package dev.hookferry.http.console.deliveries;

import dev.hookferry.Deliveries;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayWindow;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The latest attempts of a replay's deliveries since it started.
 *
 * @param delivered number of those that succeeded
 * @param failed number of those that failed
 * @param open number of deliveries that were scheduled and not attempted yet
 */
public record ReplayOutcomes(int delivered, int failed, long open) {
  /**
   * Counts the outcomes of a replay in two queries. Returns null if that cannot tell: if the window
   * has more than 500 deliveries, or others in it were attempted meanwhile.
   */
  static @Nullable ReplayOutcomes of(ReplayJob job, Deliveries deliveries) {
    Page<Delivery> page;
    try {
      page = deliveries.list(query(job));
    } catch (InvalidException e) {
      // A field of the window is no longer a search field of the site.
      return null;
    }
    if (page.next() != null) {
      return null;
    }
    Set<DeliveryId> ids = page.data().stream().map(Delivery::id).collect(Collectors.toSet());
    Collection<Attempt> since =
        deliveries.lastAttempts(job.site(), ids).values().stream()
            .filter(attempt -> !attempt.startedAt().isBefore(job.startedAt()))
            .toList();
    int delivered = (int) since.stream().filter(a -> a.outcome().isSuccess()).count();
    long open = job.progress().sent() - since.size();
    return open < 0 ? null : new ReplayOutcomes(delivered, since.size() - delivered, open);
  }

  /** Returns the window's deliveries, whose state and response have changed since. */
  private static DeliveryQuery query(ReplayJob job) {
    ReplayWindow window = job.window();
    return DeliveryQuery.ofSite(job.site())
        .endpoint(window.endpoint())
        .types(window.types())
        .event(window.event())
        .fields(window.fields())
        .created(TimeWindow.ALL.since(window.since()).until(window.until()))
        .limit(PageRequest.MAX_LIMIT);
  }

  /** Returns the counts, such as {@code 0 delivered, 16 failed}. */
  public String text() {
    return delivered
        + " delivered, "
        + failed
        + " failed"
        + (open == 0 ? "" : ", " + open + " not attempted yet");
  }

  /** Returns the CSS class of the text. */
  public String tone() {
    if (failed > 0) {
      return "bad-text";
    }
    return delivered > 0 && open == 0 ? "good-text" : "";
  }
}
