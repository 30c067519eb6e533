package dev.hookferry.http.console.list;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Search for the oldest of many unfinished deliveries, in lists that are newest first.
 *
 * @param query the deliveries to search; states, times and page are ignored
 * @param list returns a page of the deliveries that match a query
 */
public record OldestDelivery(DeliveryQuery query, Function<DeliveryQuery, Page<Delivery>> list) {
  private static final Set<DeliveryState> UNFINISHED =
      Set.of(
          DeliveryState.PENDING, DeliveryState.HELD, DeliveryState.WAITING, DeliveryState.BLOCKED);

  /** Deliveries of so short a time are read together. */
  private static final Duration SHORT = Duration.ofMinutes(1);

  /** Factor by which a step back is longer than the one before, as long as it finds something. */
  private static final int FASTER = 8;

  /**
   * Returns when the oldest was created; more than 500 within a minute count as one moment. Blocks
   * for some twenty queries, nearly all of them for one delivery.
   *
   * @param known when one of them was created
   */
  public Instant upTo(Instant known, Instant now) {
    Instant oldest = known;
    Instant none = Instant.EPOCH;
    Duration step = longer(Duration.between(known, now), SHORT);
    while (none.plus(SHORT).isBefore(oldest)) {
      Duration back = shorter(step, Duration.between(none, oldest).dividedBy(2));
      Instant found = newest(none, oldest.minus(back));
      if (found == null) {
        none = oldest.minus(back);
      } else {
        oldest = found;
        step = back.multipliedBy(FASTER);
      }
    }
    List<Delivery> last = page(none, oldest, PageRequest.MAX_LIMIT);
    return last.isEmpty() ? oldest : last.get(last.size() - 1).createdAt();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private @Nullable Instant newest(Instant since, Instant until) {
    List<Delivery> found = page(since, until, 1);
    return found.isEmpty() ? null : found.get(0).createdAt();
  }

  private List<Delivery> page(Instant since, Instant until, int most) {
    TimeWindow created = TimeWindow.ALL.since(since).until(until);
    PageRequest page = PageRequest.of(most);
    return list.apply(query.states(UNFINISHED).created(created).page(page)).data();
  }
}
