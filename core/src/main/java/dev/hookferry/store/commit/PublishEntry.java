package dev.hookferry.store.commit;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Events that are accepted together or not at all, each with its deliveries.
 *
 * @param entries at least one; all of one site
 * @param config the configuration version that was used for routing; {@link #ANY_CONFIG} if they do
 *     not depend on it
 */
public record PublishEntry(List<Entry> entries, long config) {
  /** The version of a publication that never becomes outdated. */
  public static final long ANY_CONFIG = Long.MAX_VALUE;

  public PublishEntry {
    Objects.requireNonNull(entries, "entries");
    entries = List.copyOf(entries);
    if (entries.isEmpty() || !isSingleSite(entries)) {
      throw new IllegalArgumentException(
          "a publication must have at least one event, and a single site");
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
   * @param event not yet known to the store, unless the publish is a repeat
   * @param deliveries pending, without attempts; may be empty
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
   * @param delivery pending
   * @param owned whether the committing owner sends it itself; if not, it waits to be claimed. One
   *     that waits behind others with its ordering key is not owned in any case
   */
  public record Queued(Delivery delivery, boolean owned) {
    public Queued {
      Objects.requireNonNull(delivery, "delivery");
    }
  }

  /**
   * Returns the deliveries with an ordering key that the committing owner sends itself, unless they
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

  /** Returns a publication of one event. */
  public static PublishEntry of(Event event, List<Queued> deliveries) {
    return new PublishEntry(List.of(new Entry(event, deliveries)));
  }
}
