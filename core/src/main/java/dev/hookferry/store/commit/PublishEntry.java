package dev.hookferry.store.commit;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Events that are accepted atomically, each with its deliveries.
 *
 * @param entries at least one; all for the same site
 * @param config the configuration version used for routing; {@link #ANY_CONFIG} if the events do
 *     not depend on it
 */
public record PublishEntry(List<Entry> entries, long config) {
  /** Configuration version for a publication that never becomes outdated. */
  public static final long ANY_CONFIG = Long.MAX_VALUE;

  public PublishEntry {
    Objects.requireNonNull(entries, "entries");
    entries = List.copyOf(entries);
    if (entries.isEmpty() || !isSingleSite(entries)) {
      throw new IllegalArgumentException(
          "a publication must contain at least one event, all of the same site");
    }
  }

  /** Creates a publication that does not depend on the configuration. */
  public PublishEntry(List<Entry> entries) {
    this(entries, ANY_CONFIG);
  }

  private static boolean isSingleSite(List<Entry> entries) {
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
   * @param event the event, which is new to the store unless the publish is a repeat
   * @param deliveries its pending deliveries, without attempts; may be empty
   */
  public record Entry(Event event, List<Queued> deliveries) {
    public Entry {
      Objects.requireNonNull(event, "event");
      Objects.requireNonNull(deliveries, "deliveries");
      deliveries = List.copyOf(deliveries);
    }
  }

  /**
   * A new delivery.
   *
   * @param delivery the pending delivery
   * @param owned whether the committing owner will send it; if not, it waits to be claimed. A
   *     delivery that waits behind others with the same ordering key is never owned
   */
  public record Queued(Delivery delivery, boolean owned) {
    public Queued {
      Objects.requireNonNull(delivery, "delivery");
    }
  }

  /**
   * Returns the deliveries with an ordering key that the committing owner will send, unless they
   * have to wait for others.
   */
  public List<Delivery> ownedInOrder() {
    List<Delivery> ordered = new ArrayList<>();
    for (Entry entry : entries) {
      for (Queued queued : entry.deliveries()) {
        if (queued.owned() && queued.delivery().orderingKey() != null) {
          ordered.add(queued.delivery());
        }
      }
    }
    return List.copyOf(ordered);
  }

  /** Returns a publication of one event that does not depend on the configuration. */
  public static PublishEntry of(Event event, List<Queued> deliveries) {
    return new PublishEntry(List.of(new Entry(event, deliveries)));
  }
}
