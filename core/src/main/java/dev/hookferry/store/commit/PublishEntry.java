package dev.hookferry.store.commit;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import java.util.List;

/**
 * Events that are accepted together or not at all, each with its deliveries.
 *
 * @param entries at least one; all of one site
 */
public record PublishEntry(List<Entry> entries) {
  public PublishEntry {
    entries = List.copyOf(entries);
    if (entries.isEmpty() || !isOfOneSite(entries)) {
      throw new IllegalArgumentException(
          "a publication must be of one site and of one event at least");
    }
  }

  private static boolean isOfOneSite(List<Entry> entries) {
    for (Entry entry : entries) {
      if (!entry.event().site().equals(entries.get(0).event().site())) {
        return false;
      }
    }
    return true;
  }

  /**
   * An event with its deliveries.
   *
   * @param event not yet known to the store, unless the publish is a repeat
   * @param deliveries pending, without attempts; may be none
   */
  public record Entry(Event event, List<Queued> deliveries) {
    public Entry {
      deliveries = List.copyOf(deliveries);
    }
  }

  /**
   * A new delivery.
   *
   * @param delivery pending
   * @param owned whether the committing owner sends it itself; if not, it waits to be claimed
   */
  public record Queued(Delivery delivery, boolean owned) {}

  /** A publication of one event. */
  public static PublishEntry of(Event event, List<Queued> deliveries) {
    return new PublishEntry(List.of(new Entry(event, deliveries)));
  }
}
